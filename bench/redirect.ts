/**
 * Redirects, measured: `bun bench/redirect.ts [clicks] [rounds] [database]`; the database is kept, and
 * filled when there is none yet; without one it is a temporary one. Beside a bare `Bun.serve` that
 * answers a constant 302, turn by turn in one run, so that the ratios hold on a busy machine; then how
 * long redirects take while the heaviest question about all clicks is being answered.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBench } from '../src/cli/bench'
import { type Load, load } from './load'

const [clicks = 1_000_000, rounds = 5] = process.argv.slice(2, 4).map(Number)
const kept = process.argv[4] ?? null
const links = 100_000
const ms = 3000

/** A server in its own process, with what it has used of the processor so far, in µs. */
const start = async (path: string) => {
  const child = Bun.spawn(['bun', join(import.meta.dir, 'server.ts'), path], {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const { value } = await child.stdout.getReader().read()
  const say = (line: string) => {
    child.stdin.write(`${line}\n`)
    child.stdin.flush()
  }
  return {
    origin: new TextDecoder().decode(value).trim(),
    say,
    used: () => ({ all: usedBy(`${child.pid}`), main: usedBy(`${child.pid}/task/${child.pid}`) }),
    end: async () => {
      say('quit')
      await child.exited
    },
  }
}

const ticksPerSecond = 100

const usedBy = (of: string): number => {
  const fields = readFileSync(`/proc/${of}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1e6
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0

type Round = Load & { all: number; main: number }
type Server = Awaited<ReturnType<typeof start>>

const measured = async (server: Server, path: (n: number) => string): Promise<Round> => {
  const before = server.used()
  const done = await load({ origin: server.origin, path, connections: 64, ms, rate: null })
  const after = server.used()
  const requests = (done.perSecond * ms) / 1000
  return {
    ...done,
    all: (after.all - before.all) / requests,
    main: (after.main - before.main) / requests,
  }
}

const hot = () => '/c0'
const many = (n: number) => `/c${Math.floor(links * ((n * 0.618_034) % 1) ** 6)}`

/** Redirects a second and processor time of each, beside the bare server. */
const compareSpeed = async (bare: Server, snug: Server) => {
  const found = { bare: [] as Round[], hot: [] as Round[], many: [] as Round[] }
  for (let round = 0; round < rounds; round++) {
    found.bare.push(await measured(bare, hot))
    found.hot.push(await measured(snug, hot))
    found.many.push(await measured(snug, many))
  }
  const of = (rounds: Round[], what: keyof Round) => median(rounds.map((round) => round[what]))
  const row = (name: string, rounds: Round[]) => {
    const [rate, base] = [of(rounds, 'perSecond'), of(found.bare, 'perSecond')]
    const cells = [Math.round(rate), (rate / base).toFixed(2)]
    const worth = [of(rounds, 'main').toFixed(1), of(rounds, 'all').toFixed(1)]
    return `| ${name} | ${[...cells, ...worth, of(rounds, 'wrong')].join(' | ')} |`
  }
  return [
    '| 64 connections, every click recorded | redirects/s | of bare | µs, serving thread | µs, all threads | wrong |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    row('bare `Bun.serve`, constant 302', found.bare),
    row('one link', found.hot),
    row(`${links} links, a few of them hot`, found.many),
  ].join('\n')
}

/** How long redirects take at 1,000 a second, alone and while the heaviest question is answered. */
const compareDelay = async (snug: Server) => {
  const found = { alone: [] as Load[], asked: [] as Load[] }
  const once = () => load({ origin: snug.origin, path: many, connections: 16, ms, rate: 1000 })
  for (let round = 0; round < rounds; round++) {
    found.alone.push(await once())
    snug.say('ask')
    found.asked.push(await once())
    snug.say('rest')
    await Bun.sleep(3000)
  }
  const row = (name: string, rounds: Load[]) => {
    const of = (what: keyof Load) => median(rounds.map((round) => round[what])).toFixed(2)
    return `| ${name} | ${of('p50')} | ${of('p99')} | ${of('worst')} |`
  }
  return [
    `| 1,000 redirects/s, ${clicks} clicks stored | p50, ms | p99, ms | worst, ms |`,
    '| --- | ---: | ---: | ---: |',
    row('alone', found.alone),
    row('while the heaviest question is answered', found.asked),
  ].join('\n')
}

const folder = mkdtempSync(join(tmpdir(), 'snug-bench-'))
try {
  const path = kept ?? join(folder, 'bench.db')
  if (!existsSync(path)) {
    const filling = await openBench(path)
    await filling.makeLinks(links)
    console.error(await filling.store({ clicks, links }))
    await filling.close()
  }
  const [bare, snug] = [await start('bare'), await start(path)]
  console.log(await compareSpeed(bare, snug))
  console.log(`\n${await compareDelay(snug)}`)
  await Promise.all([bare.end(), snug.end()])
} finally {
  rmSync(folder, { recursive: true, force: true })
}
