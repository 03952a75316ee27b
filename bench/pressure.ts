/**
 * Redirects under pressure: `taskset -c 1 bun bench/pressure.ts [links] [accounts] [words]`.
 * A server of its own, first on one core and then on two, with its default limits, holds a million links, six
 * tenths of them one member's, and 350,000 accounts. Redirects are asked for a thousand times a second while a stranger, the member or an administrator
 * does what costs most, as often as they are let.
 */
import { Database } from 'bun:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from './load'
import { names } from './press'

const [links = 1_000_000, accounts = 350_000] = process.argv.slice(2, 4).map(Number)
const only = process.argv[4] ?? ''
const ms = 6000
const warmUpMs = 3000
const rate = 1000
const folder = mkdtempSync(join(tmpdir(), 'snug-pressure-'))
const main = join(import.meta.dir, '../src/main.ts')
const env = {
  PATH: Bun.env.PATH ?? '',
  SNUG_DATA_DIR: folder,
  SNUG_PORT: '0',
  SNUG_HOST: '127.0.0.1',
}

const snug = async (...args: string[]) =>
  (await new Response(Bun.spawn(['bun', main, ...args], { env }).stdout).text()).trim()

/** The last word of what a command prints: a password or a key. */
const lastWord = (said: string) => said.split(/\s/).at(-1) ?? ''

/** Numbers from 1 on, as a table. */
const numbers = (count: number) =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) SELECT`

/** Fills the tables as time would, with what is kept of them. */
const fill = (member: number) => {
  const db = new Database(join(folder, 'snug.db'))
  for (const setting of ['synchronous = OFF', 'cache_size = -900000', 'journal_mode = MEMORY'])
    db.run(`PRAGMA ${setting}`)
  const { first } = db.query('SELECT max(id) + 1 AS first FROM accounts').get() as { first: number }
  const own = Math.floor(links * 0.6)
  db.transaction(() => {
    db.run(`INSERT INTO accounts (id, stable_id, kind, plan, created_at, updated_at)
      ${numbers(accounts)} ${first} + i, lower(hex(randomblob(16))), 'customer', 'enterprise', i, i FROM n`)
    db.run(`INSERT INTO campaigns (id, account_id, name, created_at)
      ${numbers(200)} printf('%024x', i), ${member}, 'Campaign ' || i, i FROM n`)
    db.run(`INSERT INTO links (code, destination, owner_id, title, tags, campaign_id, created_at, updated_at)
      ${numbers(links)} 'c' || i, 'https://example.com/' || i,
      CASE WHEN i <= ${own} THEN ${member} ELSE ${first} + 1 + i % ${accounts - 1} END, 'Title ' || i,
      '["a","b"]', CASE WHEN i <= ${own} AND i % 2 THEN printf('%024x', 1 + i % 200) END, i, i FROM n`)
    db.run('DELETE FROM account_totals')
    db.run(`INSERT INTO account_totals (account_id, bound, links, clicks, bots, visitors, redirect_us, last_at_ms)
      SELECT owner_id, 0, count(*), 0, 0, 0, 0, 0 FROM links GROUP BY owner_id`)
    db.run(`INSERT INTO account_totals (account_id, bound, links, clicks, bots, visitors, redirect_us, last_at_ms)
      VALUES (0, 0, ${links}, 0, 0, 0, 0, 0)`)
  })()
  db.run('PRAGMA journal_mode = WAL')
  db.close()
}

const startServer = async (cores: string) => {
  const server = Bun.spawn(['taskset', '-c', cores, 'bun', main], {
    env,
    stdout: 'pipe',
    stderr: 'ignore',
  })
  let said = ''
  for await (const chunk of server.stdout) {
    said += new TextDecoder().decode(chunk)
    if (said.includes('listening at')) break
  }
  return { origin: /listening at (\S+)/.exec(said)?.[1] ?? '', server }
}

const admin = {
  email: 'admin@example.com',
  password: lastWord(await snug('account', 'create', 'admin@example.com', '--role', 'admin')),
}
await snug('account', 'create', 'member@example.com')
const key = lastWord(await snug('key', 'create', 'member@example.com'))
fill(2)

const signIn = async (origin: string) => {
  const signedIn = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(admin),
  })
  return signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** Asks for redirects while something presses, the first seconds of both left out. */
const measure = async (what: string, origin: string, cookie: string) => {
  const press = join(import.meta.dir, 'press.ts')
  const child = Bun.spawn(['nice', '-n', '19', 'bun', press, what, origin, key, cookie], {
    stdin: 'pipe',
    stdout: 'pipe',
  })
  const path = (n: number) => `/c${links - 1 - ((n * 7919) % Math.floor(links / 3))}`
  await load({ origin, path, connections: 32, ms: warmUpMs, rate })
  const seen = await load({ origin, path, connections: 32, ms, rate })
  child.stdin.write('stop\n')
  child.stdin.end()
  return { seen, answers: (await new Response(child.stdout).text()).trim() }
}

console.log(
  '| cores | while | answers | p50, ms | p99, ms | slowest, ms | lost |\n| --- | --- | --- | ---: | ---: | ---: | ---: |',
)
for (const cores of ['0', '0,1']) {
  const { origin, server } = await startServer(cores)
  const cookie = await signIn(origin)
  for (const what of names.filter((name) => name.includes(only))) {
    const { seen, answers } = await measure(what, origin, cookie)
    console.log(
      `| ${cores} | ${what} | ${answers} | ${seen.p50.toFixed(1)} | ${seen.p99.toFixed(1)} | ${seen.worst.toFixed(0)} | ${seen.lost + seen.wrong} |`,
    )
  }
  server.kill()
  await server.exited
}
rmSync(folder, { recursive: true })
