import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { temporaryFolder } from '../program'
import { below, follow, followAlways, serve, shorten, snug } from './ground'

test('a backup under load is whole, and a second server lives on it', async () => {
  using folder = temporaryFolder()
  const home = below(folder.path, 'home')
  const away = below(folder.path, 'away')
  const server = await serve(home)
  const [visited = ''] = [await shorten(server.origin)]
  const stop = followAlways(server.origin, visited)
  const ledger: string[] = []
  let going = true
  const clients = Array.from({ length: 4 }, async () => {
    while (going) ledger.push(await shorten(server.origin))
  })
  for (let round = 0; round < 3; round++) {
    await Bun.sleep(200)
    const before = [...ledger]
    const copy = join(folder.path, `copy-${round}.db`)
    expect(await snug(home, 'backup', copy)).toMatchObject({ code: 0, err: '' })
    expect(await snug(home, 'verify', copy)).toMatchObject({ code: 0 })
    if (round < 2) continue
    expect(await snug(away, 'restore', copy)).toMatchObject({ code: 0 })
    const second = await serve(away)
    for (const code of before) expect(await follow(second.origin, code)).toBe(302)
    expect(await shorten(second.origin)).toBeString()
    await second.stop()
  }
  going = false
  await Promise.all(clients)
  expect((await stop()).wrong).toBe(0)
  await server.stop()
}, 120_000)
