import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { verifyFile } from '../../src/store'
import {
  below,
  canCutPower,
  cuttableDisk,
  follow,
  rounds,
  serve,
  shorten,
  snug,
  until,
} from './ground'

const most = 40

/** A link that can be followed a number of times, made by its owner's key. */
const limited = async (origin: string, key: string, code: string) => {
  const answer = await fetch(`${origin}/api/links`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({
      originalUrl: 'https://example.com/',
      customAlias: code,
      maxClicks: most,
    }),
  })
  expect(answer.status).toBe(201)
}

const remove = async (origin: string, key: string, code: string): Promise<boolean> => {
  const headers = { 'X-API-Key': key }
  return (await fetch(`${origin}/api/urls/${code}`, { method: 'DELETE', headers })).ok
}

/** A link of a key's account. */
const make = async (origin: string, key: string): Promise<string> => {
  const answer = await fetch(`${origin}/api/urls`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': key },
    body: JSON.stringify({ url: 'https://example.com/' }),
  })
  return ((await answer.json()) as { shortCode: string }).shortCode
}

test.skipIf(!canCutPower)(
  'what was answered is kept through a power cut: links, deletions, and redirects of a limited link',
  async () => {
    for (let round = 0; round < rounds(3); round++) {
      using disk = cuttableDisk()
      const folder = below(disk.path, 'data')
      await snug(folder, 'account', 'create', 'ann@example.com')
      const key = (await snug(folder, 'key', 'create', 'ann@example.com')).out.trim()
      const server = await serve(folder)
      const { origin } = server
      await limited(origin, key, 'ceiling')
      const made: string[] = []
      const deleted: string[] = []
      let followed = 0
      const clients = [
        ...Array.from({ length: 4 }, () => async () => {
          for (;;) made.push(await shorten(origin))
        }),
        async () => {
          for (;;) {
            const code = await make(origin, key)
            if (await remove(origin, key, code)) deleted.push(code)
          }
        },
        async () => {
          while (followed < most / 2) if ((await follow(origin, 'ceiling')) === 302) followed++
        },
      ].map((behave) => behave().catch(() => 'the power was cut'))
      const enough = async () => made.length > 30 && deleted.length > 5 && followed >= most / 4
      await until(enough, 10_000)
      await Bun.sleep(37 * round)
      server.process.kill('SIGSTOP')
      await Bun.sleep(300) // what it asked the kernel for ends
      const found = join(disk.afterCut(), 'data')
      await server.stop('SIGKILL')
      await Promise.all(clients)

      expect(verifyFile(join(found, 'snug.db'))).toEqual([])
      const again = await serve(found)
      const answers = async (codes: readonly string[]) => {
        const statuses = new Set<number>()
        for (const code of codes) statuses.add(await follow(again.origin, code))
        return [...statuses]
      }
      expect(await answers(made)).toEqual([302])
      expect(await answers(deleted)).toEqual([410])
      for (let visit = 0; visit < most; visit++)
        if ((await follow(again.origin, 'ceiling')) === 302) followed++
      expect(followed).toBeLessThanOrEqual(most)
      expect(await again.stop()).toBe(0)
    }
  },
  rounds(3) * 30_000,
)

test.skipIf(!canCutPower)(
  'a backup that was told of is whole after a power cut, and so is a restored database',
  async () => {
    using disk = cuttableDisk()
    const folder = below(disk.path, 'data')
    const server = await serve(folder)
    const code = await shorten(server.origin)
    expect(await server.stop()).toBe(0)
    const copy = join(disk.path, 'copy.db')
    expect(await snug(folder, 'backup', copy)).toMatchObject({ code: 0 })
    expect(verifyFile(join(disk.afterCut(), 'copy.db'))).toEqual([])
    expect(await snug(folder, 'restore', copy)).toMatchObject({ code: 0 })
    const found = disk.afterCut()
    expect(verifyFile(join(found, 'data/snug.db'))).toEqual([])
    const again = await serve(join(found, 'data'))
    expect(await follow(again.origin, code)).toBe(302)
    await again.stop()
  },
  30_000,
)
