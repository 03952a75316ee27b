import { bounds } from '../bounds'
import type { LinkStatus } from '../core'
import { type Page, page, showPage } from '../http'

/** Every way of not being redirected: a gate that is not open, no link at all, a password in vain, our own failure. */
export type OutcomeName =
  | Exclude<LinkStatus, 'open'>
  | 'missing'
  | 'nowhere'
  | 'wrong'
  | 'throttled'
  | 'busy'
  | 'foreign'
  | 'unreadable'
  | 'broken'

/** `asks`: its page holds the form that asks for the password. */
type Outcome = { status: number; title: string; text: string; asks?: true }

/** What a visitor who is not redirected is told. */
export const outcomes = {
  missing: {
    status: 404,
    title: 'There is no such link',
    text: 'Nothing was ever found under this address. Check it for a typing mistake: capital and small letters differ.',
  },
  early: {
    status: 404,
    title: 'This link is not open yet',
    text: 'It exists, but it starts later. Please come back then.',
  },
  expired: {
    status: 410,
    title: 'This link has expired',
    text: 'It was open until a certain time, and that time has passed.',
  },
  spent: {
    status: 410,
    title: 'This link is used up',
    text: 'It could be followed a limited number of times, and that number is reached.',
  },
  disabled: {
    status: 410,
    title: 'This link is switched off',
    text: 'Its owner has switched it off. Ask whoever gave it to you.',
  },
  closed: {
    status: 410,
    title: 'This link is closed',
    text: 'Whoever runs this server has suspended the account that made it.',
  },
  deleted: {
    status: 410,
    title: 'This link was removed',
    text: 'Its owner has deleted it for good.',
  },
  nowhere: {
    status: 410,
    title: 'This link leads nowhere',
    text: 'What is stored as its destination is no web address. Its owner can give it another one.',
  },
  locked: {
    status: 200,
    title: 'This link asks for a password',
    text: 'Whoever gave you the link knows it.',
    asks: true,
  },
  wrong: {
    status: 401,
    title: 'That password is not right',
    text: 'Capital and small letters differ. Please try again.',
    asks: true,
  },
  throttled: {
    status: 429,
    title: 'Too many wrong passwords',
    text: 'Nothing was tried this time. Please wait a little before you try again.',
    asks: true,
  },
  busy: {
    status: 503,
    title: 'Too busy to check the password',
    text: 'Many people open locked links right now. Nothing was tried; please try again in a moment.',
    asks: true,
  },
  foreign: {
    status: 403,
    title: 'This link asks for a password',
    text: 'The password came from a page of somebody else. Please type it here.',
    asks: true,
  },
  unreadable: {
    status: 400,
    title: 'This link asks for a password',
    text: 'What was sent is no password of this form. Please type it here.',
    asks: true,
  },
  broken: {
    status: 500,
    title: 'Something went wrong here',
    text: 'The link could not be looked up. Please try again in a moment.',
  },
} as const satisfies Record<OutcomeName, Outcome>

/** Answers a visitor who is not redirected; `retryAfter` in seconds. */
export type Respond = (request: Request, outcome: OutcomeName, retryAfter?: number) => Response

/** A page for browsers, JSON for those that ask for it; counts how often each is told. */
export const createRespond = (refused: Record<OutcomeName, number>): Respond => {
  const pages = new Map<string, Page>(
    Object.entries(outcomes).map(([name, outcome]) => [name, toPage(outcome)]),
  )
  return (request, name, retryAfter) => {
    refused[name]++
    const { status, title }: Outcome = outcomes[name]
    const headers = {
      ...noStore,
      Vary: 'Accept',
      ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
    }
    const shown = pages.get(name)
    if (shown !== undefined && !wantsJson(request.headers.get('accept')))
      return showPage(shown, status, headers)
    const json = { ...headers, 'X-Content-Type-Options': 'nosniff' }
    return Response.json({ error: name, message: title }, { status, headers: json })
  }
}

/** Headers of every page about a link: neither kept nor indexed. */
export const noStore = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' } as const

/** A page that says nothing about a link: for those who must neither see nor use it up. */
export const neutralAnswer = () => {
  const neutral = page({
    title: 'A short link',
    body: '<main><h1>A short link</h1><p>Open it in a browser to follow it.</p></main>',
  })
  return () => showPage(neutral, 200, noStore)
}

const wantsJson = (accept: string | null) =>
  accept?.includes('application/json') === true && !accept.includes('text/html')

const form = `<form method="post">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="off" autofocus required maxlength="${bounds.passwordMost}" aria-describedby="why">
<button>Continue</button>
</form>`

/** Browsers hold a form to `form-action` even where its answer redirects, and any destination may be that. */
const anywhere = "'self' http: https:"

const toPage = ({ title, text, asks }: Outcome): Page => {
  const said = `<h1>${title}</h1><p class="soft" id="why">${text}</p>`
  return asks
    ? page({
        title,
        body: `<main>${said}${form}</main>`,
        formAction: anywhere,
        referrer: 'same-origin',
      })
    : page({ title, body: `<main>${said}</main>` })
}
