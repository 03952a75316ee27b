import { Elysia } from 'elysia'
import { bounds } from '../bounds'
import { page, showPage } from '../http'

const form = `<form id="form" novalidate>
<label for="url">Address to shorten</label>
<input id="url" name="url" type="url" inputmode="url" autocomplete="off" autofocus placeholder="https://example.com/a/long/address" required maxlength="${bounds.destination}">
<button>Shorten</button>
</form>
<p id="error" class="error" role="alert" hidden></p>
<div id="result" class="card" role="status" hidden>
<div class="result"><a id="short"></a><button id="copy" type="button">Copy</button></div>
<p class="soft">Keep this key, it is shown once and opens the statistics of your links: <code id="key"></code></p>
</div>`

const script = `
const $ = (id) => document.getElementById(id)
const fail = (text) => { $('error').textContent = text; $('error').hidden = false }
$('form').addEventListener('submit', async (event) => {
  event.preventDefault()
  const button = $('form').querySelector('button')
  $('error').hidden = $('result').hidden = true
  button.disabled = true
  try {
    const answer = await fetch('/api/shorten', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url: $('url').value })
    })
    const made = await answer.json()
    if (!answer.ok) return fail(made.message)
    $('short').textContent = $('short').href = made.short_url
    $('key').textContent = made.customer_secret_key
    $('result').hidden = false
    $('copy').textContent = 'Copy'
    $('copy').focus()
  } catch {
    fail('The server could not be reached. Nothing was made; try again.')
  } finally {
    button.disabled = false
  }
})
$('copy').addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText($('short').href)
    $('copy').textContent = 'Copied'
  } catch {
    getSelection().selectAllChildren($('short'))
    $('copy').textContent = 'Press Ctrl+C'
  }
})
`

const about = `<p class="soft">Short links on your own machine. Nothing is known of those who follow them but a country and a browser name.</p>`

const closed = `<p>This server makes links for its own accounts only.</p>`

/** `GET /`: what this is, and a form to shorten an address when strangers may. */
export const landing = (isOpen: () => boolean) => {
  const [shown, shut] = [pageOf(true), pageOf(false)]
  return new Elysia({ name: 'landing' }).get('/', function getRoot() {
    return showPage(isOpen() ? shown : shut, 200, { 'Cache-Control': 'no-cache' })
  })
}

const pageOf = (open: boolean) =>
  page({
    title: 'snug: short links',
    body: `<main>
<h1>Long address in, short link out.</h1>
${about}
${open ? form : closed}
</main>
<footer>snug · <a href="admin">Sign in</a> · <a href="docs">API</a> · IP geolocation by <a href="https://db-ip.com">DB-IP</a></footer>`,
    script: open ? script : '',
  })
