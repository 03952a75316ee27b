import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compiledProgram, startProgram, temporaryFolder } from './program'

const million = 1_000_000
const mostGrowth = 64 // MB

const folder = temporaryFolder()
const key = 'the-key-of-the-exporter'
let program = ''
let server: Awaited<ReturnType<typeof startProgram>>
/** the link of a million clicks, and one of a single click */
let code = ''
let small = ''

const shorten = async () => {
  const answer = await fetch(`${server.origin}/api/shorten`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Customer-Key': key },
    body: JSON.stringify({ url: 'https://example.com/' }),
  })
  return ((await answer.json()) as { short_code: string }).short_code
}

/** Makes a million clicks of the link's only one, one a second. */
const multiply = () => {
  using database = new Database(join(folder.path, 'data/snug.db'))
  database.run(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${million - 1})
    INSERT INTO clicks (link_id, at_ms, seq, profile, referrer, visitor, redirect_us)
    SELECT link_id, at_ms - i * 1000, seq, profile, referrer, visitor, redirect_us FROM clicks, n
      WHERE link_id = (SELECT id FROM links WHERE code = '${code}')`)
}

beforeAll(async () => {
  program = await compiledProgram(folder.path)
  const start = () => startProgram([program], { cwd: folder.path })
  server = await start()
  code = await shorten()
  small = await shorten()
  for (const path of [code, small])
    await fetch(`${server.origin}/${path}`, {
      redirect: 'manual',
      headers: { Referer: 'https://news.example/a', 'Accept-Language': 'de' },
    })
  await server.stop()
  multiply()
  server = await start()
}, 120_000)
afterAll(async () => {
  await server.stop()
  folder[Symbol.dispose]()
})

/** A line of the program's memory figures, in MB. */
const memory = (name: 'VmRSS' | 'VmHWM') => {
  const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8')
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
}

const exported = (format: string, code: string) =>
  fetch(`${server.origin}/api/export/${code}?format=${format}`, {
    headers: { 'X-Customer-Key': key },
  })

test.each(['csv', 'json', 'xml', 'xlsx'])(
  'a million clicks leave as %s in constant memory',
  async (format) => {
    await (await exported(format, small)).arrayBuffer() // everything is loaded before it is measured
    const before = memory('VmRSS')
    await Bun.write(`/proc/${server.process.pid}/clear_refs`, '5') // the peak begins anew
    const answer = await exported(format, code)
    expect(answer.status).toBe(200)
    let bytes = 0
    let lines = 0
    for await (const piece of answer.body ?? []) {
      bytes += piece.length
      for (const byte of piece) if (byte === 10) lines++
    }
    expect(bytes).toBeGreaterThan(million)
    if (format === 'csv') expect(lines).toBe(million + 1)
    if (format === 'json') expect(lines).toBe(million + 2)
    expect(memory('VmHWM') - before).toBeLessThan(mostGrowth)
  },
  60_000,
)
