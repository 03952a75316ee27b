/**
 * What costs a server most, in a process of its own that yields to the one that measures:
 * `bun bench/press.ts WHAT ORIGIN KEY COOKIE` asks on eight connections until its input ends, and prints what came of it.
 */
type Ask = (n: number) => [path: string, init?: RequestInit]

const [what = '', origin = '', key = '', cookie = ''] = process.argv.slice(2)
const headers = { 'X-API-Key': key, 'Content-Type': 'application/json' }
const json = (body: object, more = {}) => ({
  method: 'POST',
  headers: { ...headers, ...more },
  body: JSON.stringify(body),
})
const api = '/api/snug/v1'
const month = 'from=2026-01-01&to=2026-02-01'
const fresh = (n: number) =>
  Array.from({ length: 1000 }, (_, at) => ({ destination: `https://example.com/${n}/${at}` }))
const some = (n: number) => Array.from({ length: 1000 }, (_, at) => 1 + ((n * 1000 + at) % 500_000))

const pressures: Record<string, Ask | null> = {
  'nothing else is asked': null,
  'somebody asks for /health without end': () => ['/health'],
  'a stranger asks for the session': () => [`${api}/session`],
  'a stranger makes links': (n) => [
    '/api/shorten',
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url: `https://example.com/${n}` }),
    },
  ],
  'a stranger guesses passwords': (n) => [
    '/api/auth/sign-in/email',
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: `a${n}@example.com`, password: 'wrong password' }),
    },
  ],
  'a member lists campaigns': () => [`${api}/campaigns`, { headers }],
  'a member makes and deletes campaigns': (n) =>
    n % 2
      ? [`${api}/campaigns/${(1 + (n % 200)).toString(16).padStart(24, '0')}`, { headers }]
      : [`${api}/campaigns`, json({ name: `New ${n}` })],
  'a member opens the dashboard': () => [`/api/dashboard?key=${key}`],
  'a member searches links': (n) => [`${api}/links?q=title+${n}&sort=-clicks`, { headers }],
  'a member turns to the last page': (n) => [
    `${api}/links?page=${20_000 + n}&limit=25&sort=code`,
    { headers },
  ],
  'a member asks for statistics': () => [
    `${api}/stats?${month}&dimensions=country,browser,link`,
    { headers },
  ],
  'a member exports all links': () => [`${api}/links/export?format=csv`, { headers }],
  'a member makes thousands of links': (n) => [`${api}/links/bulk`, json({ links: fresh(n) })],
  'a member tags thousands of links': (n) => [
    `${api}/links/bulk`,
    { ...json({ ids: some(n), addTags: [`t${n % 5}`] }), method: 'PATCH' },
  ],
  'a member deletes thousands of links': (n) => [
    `${api}/links/bulk/delete`,
    json({ ids: some(n) }),
  ],
  'a member makes links with passwords': (n) => [
    `${api}/links`,
    json({ destination: `https://example.com/${n}`, password: 'open sesame' }),
  ],
  'an administrator looks for accounts': (n) => [
    `${api}/accounts?q=nobody${n}`,
    { headers: { cookie } },
  ],
}

export const names = Object.keys(pressures)

/** Asks on so many connections until told to stop; prints what came of it. */
const press = async (ask: Ask | null, connections: number) => {
  const outcomes = new Map<number, number>()
  let [on, n] = [true, 0]
  const worker = async () => {
    while (on && ask !== null) {
      const [path, init] = ask(n++)
      const answer = await fetch(origin + path, init).catch(() => null)
      await answer?.arrayBuffer()
      outcomes.set(answer?.status ?? 0, (outcomes.get(answer?.status ?? 0) ?? 0) + 1)
      if (answer?.status === 429) await Bun.sleep(20)
    }
  }
  const workers = Array.from({ length: connections }, worker)
  for await (const _ of console) break
  on = false
  await Promise.all(workers)
  console.log([...outcomes].map(([status, times]) => `${times} × ${status}`).join(', '))
}

const ask = pressures[what]
if (import.meta.main && ask !== undefined) await press(ask, 8)
