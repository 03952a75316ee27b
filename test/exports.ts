import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startProgram, temporaryFolder } from './program'

const million = 1_000_000
const mostGrowth = 64 // MB
const key = 'the-key-of-the-exporter'

/** Tests that a million clicks leave the compiled program in constant memory, in every format. */
export const testLongExports = (program: () => string) => {
  const folder = temporaryFolder()
  let server: Awaited<ReturnType<typeof startProgram>>
  /** the link of a million clicks, and one of a single click */
  let long = ''
  let short = ''

  beforeAll(async () => {
    const start = () => startProgram([program()], { cwd: folder.path })
    server = await start()
    long = await followed(server.origin)
    short = await followed(server.origin)
    await server.stop()
    multiply(join(folder.path, 'data/snug.db'), long)
    server = await start()
  }, 60_000)
  afterAll(async () => {
    await server.stop()
    folder[Symbol.dispose]()
  })

  const exported = (format: string, code: string) =>
    fetch(`${server.origin}/api/export/${code}?format=${format}`, {
      headers: { 'X-Customer-Key': key },
    })

  const memory = (name: 'VmRSS' | 'VmHWM') => {
    const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8')
    return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
  }

  test.each(['csv', 'json', 'xml', 'xlsx'])(
    'a million clicks leave as %s in constant memory',
    async (format) => {
      // the program and the database's pages are in memory before it is measured
      await (await exported(format, short)).arrayBuffer()
      await (await fetch(`${server.origin}/api/stats/${long}`)).arrayBuffer()
      const before = memory('VmRSS')
      await Bun.write(`/proc/${server.process.pid}/clear_refs`, '5') // the peak begins anew
      const answer = await exported(format, long)
      expect(answer.status).toBe(200)
      let lines = 0
      let bytes = 0
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
}

/** Makes a link and follows it once; answers its code. */
const followed = async (origin: string) => {
  const answer = await fetch(`${origin}/api/shorten`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Customer-Key': key },
    body: JSON.stringify({ url: 'https://example.com/' }),
  })
  const { short_code } = (await answer.json()) as { short_code: string }
  await fetch(`${origin}/${short_code}`, { redirect: 'manual' })
  return short_code
}

/** Makes a million clicks of a link's only one, one a second. */
const multiply = (file: string, code: string) => {
  using database = new Database(file)
  database.run(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${million - 1})
    INSERT INTO clicks (link_id, at_ms, seq, profile, referrer, visitor, redirect_us)
    SELECT link_id, at_ms - i * 1000, seq, profile, referrer, visitor, redirect_us FROM clicks, n
      WHERE link_id = (SELECT id FROM links WHERE code = '${code}')`)
}
