import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../src/store'
import { temporaryFolder } from '../program'

/** Bound links as an older version stored them, and whether they stay bound. */
const cases = [
  { code: 'open', anonymous: 1, publicStats: 1, password: null, stays: true },
  { code: 'owned', anonymous: 0, publicStats: 1, password: null, stays: false },
  { code: 'private', anonymous: 1, publicStats: 0, password: null, stays: false },
  { code: 'locked', anonymous: 1, publicStats: 1, password: '$argon2id$', stays: false },
]

test('an upgrade ends the bindings of links that are shut', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  copyFileSync(join(import.meta.dir, '../fixtures/schema-0000.db'), path)
  const old = new Database(path)
  const [first, second] = old.query('SELECT id FROM accounts LIMIT 2').values().flat() as number[]
  for (const { code, anonymous, publicStats, password } of cases)
    old.run(
      `INSERT INTO links (code, destination, owner_id, bound_to, anonymous, public_stats, password_hash,
        created_at, updated_at) VALUES (?, 'https://a.example/', ?, ?, ?, ?, ?, 1, 1)`,
      [code, first as number, second as number, anonymous, publicStats, password],
    )
  old.close()
  const store = openStore(path)
  for (const { code, stays } of cases) {
    const link = await store.links.byCode('', code)
    expect([code, link?.boundTo]).toEqual([code, stays ? (second as number) : null])
  }
  await store.close()
})
