import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../app'
import { readConfig } from '../config'
import { dayOf, openStore, type Store } from '../store'
import { day } from '../time'
import { questionsOf, timeOf } from './bench-questions'
import { createWorkload, type Workload } from './bench-workload'
import type { CliCommand } from './command'
import { startProgress } from './progress'
import { random } from './system-clock'
import { reportFailure } from './with-data-folder'

/** `snug bench clicks`: how fast clicks are stored, how large they are, how long questions take. */
export const benchClicks: CliCommand = {
  usage: 'bench clicks',
  summary: 'measure storing clicks and every question about them, in a temporary folder',
  options: [
    { flags: '--clicks <number>', means: 'clicks to store, 1000000 when not given' },
    { flags: '--links <number>', means: 'links they go to, 100000 when not given' },
  ],
  run: ({ text }) => {
    const clicks = wholeNumber(text('clicks') ?? '1000000')
    const links = wholeNumber(text('links') ?? '100000')
    if (clicks === null || links === null) {
      console.error('error: --clicks and --links must be whole numbers from 100 to 1000000000')
      return 2
    }
    return reportFailure(async () => {
      console.log(await measure({ clicks, links }))
      return 0
    })
  },
}

const wholeNumber = (text: string) =>
  /^\d{3,10}$/.test(text) && Number(text) <= 1e9 ? Number(text) : null

/** When the made-up year ends. */
const end = Date.parse('2026-11-01T00:00:00Z')

/** Clicks handed in before it is waited for them; the queue takes 100,000. */
const handful = 20_000

/** Measures in a temporary folder; answers the result as Markdown. */
export async function measure(workload: Workload): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'snug-bench-'))
  try {
    const bench = await openBench(join(folder, 'bench.db'))
    const account = await bench.makeLinks(workload.links)
    const stored = await bench.store(workload)
    const times = await bench.ask(workload, account)
    await bench.close()
    return [stored, times].join('\n\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A database in a file, to be filled with a workload and asked about it. */
export async function openBench(path: string) {
  const clock = { wall: end, now: () => clock.wall, monotonic: () => performance.now() }
  const { config } = readConfig({}, () => '')
  if (config === null) throw new Error('the default options are no options')
  const store = openStore(path)
  const say = () => {}
  const log = { debug: say, info: say, warning: console.error, error: console.error }
  const app = await createApp({ config, store, clock, random, secret: 'of a benchmark', log })

  async function size() {
    await store.upkeep.moveLog()
    return store.upkeep.sizes().database
  }

  async function makeLinks(count: number): Promise<number> {
    const at = new Date(end - 366 * day)
    const owner = { kind: 'user', plan: 'enterprise', createdAt: at, updatedAt: at } as const
    const { id: ownerId } = await store.accounts.insert(owner)
    const link = { ownerId, destination: 'https://example.com/', createdAt: at, updatedAt: at }
    for (let made = 0; made < count; made += 1000) {
      const codes = Array.from({ length: Math.min(1000, count - made) }, (_, n) => `c${made + n}`)
      await Promise.all(codes.map((code) => store.links.insert({ ...link, code })))
    }
    return ownerId
  }

  async function storeAll(workload: Workload): Promise<string> {
    const next = createWorkload(workload, end)
    const progress = startProgress('clicks stored', workload.clicks)
    const before = await size()
    let [ms, worth] = [0, 0]
    for (let done = 0; done < workload.clicks; done += handful) {
      const raw = Array.from({ length: Math.min(handful, workload.clicks - done) }, next)
      clock.wall = raw.at(-1)?.at ?? end
      await beginDays(store, raw)
      const [begin, worked] = [performance.now(), process.cpuUsage()]
      for (const click of raw) app.clicks.record(click)
      await app.clicks.drain()
      ms += performance.now() - begin
      const { user, system } = process.cpuUsage(worked)
      worth += user + system
      await store.clicks.forgetVisitors(clock.wall)
      progress.at(done)
    }
    progress.end(`${workload.clicks} clicks stored`)
    const rate = Math.round(workload.clicks / (ms / 1000))
    const bytes = ((await size()) - before) / workload.clicks
    const each = (worth / workload.clicks).toFixed(1)
    return [
      `${workload.clicks} clicks in a year, on ${workload.links} links by Zipf’s law:`,
      `**${rate} clicks/s** parsed and stored (${each} µs of processor time each, on two threads),`,
      `**${bytes.toFixed(1)} bytes** each, with all that is counted of them.`,
    ].join('\n')
  }

  async function askAll({ links }: Workload, account: number): Promise<string> {
    const scopes = [{ links: [1] }, { links: [Math.min(100, links)] }, { account }]
    const columns = scopes.map((scope) => questionsOf(scope, end))
    const rows: string[] = []
    for (const name of Object.keys(columns[0] ?? {})) {
      const times: string[] = []
      for (const questions of columns) {
        const question = questions[name]
        times.push(
          question === undefined ? '' : milliseconds(await timeOf(() => store.ask([question]))),
        )
      }
      rows.push(`| ${name} | ${times.join(' | ')} |`)
    }
    for (const [name, ms] of await listTimes(store, account, links))
      rows.push(`| ${name} | | | ${milliseconds(ms)} |`)
    return [
      '| processor time of a question, ms | hottest link | hundredth link | account of all links |',
      '| --- | ---: | ---: | ---: |',
      ...rows,
    ].join('\n')
  }

  return { makeLinks, store: storeAll, ask: askAll, close: app.close }
}

/** How long the first and the last page of an account’s links take, in ms of processor time. */
async function listTimes(store: Store, account: number, links: number) {
  const search = { account, bound: false, words: [], state: 'kept', now: end } as const
  const sort = { by: 'createdAt', descending: true } as const
  const page = (offset: number) =>
    timeOf(() => store.ask([{ ask: 'links', search, sort, offset, limit: 100 }]))
  return [
    ['first page of links', await page(0)],
    ['last page of links', await page(Math.max(0, links - 100))],
  ] as const
}

/** Makes the salts of these clicks' days: it is not measured, because a day begins but once a day. */
async function beginDays({ clicks }: Store, raw: readonly { at: number }[]) {
  for (const day of new Set(raw.map(({ at }) => dayOf(at)))) await clicks.salt(day, random(32))
}

const milliseconds = (ms: number) => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)))
