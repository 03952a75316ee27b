import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../src/store'
import { temporaryFolder } from '../program'

/** Domains as an older version stored them, and how they are kept after the upgrade. */
const cases = [
  { id: 'a', account: 1, host: 'go.example', verified: 1, kept: ['go.example', 1] },
  { id: 'b', account: 2, host: 'go.example.', verified: 1, kept: ['go.example', 0] },
  { id: 'c', account: 1, host: 'dot.example.', verified: 1, kept: ['dot.example', 1] },
  { id: 'd', account: 1, host: 'port.example:443', verified: 1, kept: ['port.example', 1] },
  { id: 'e', account: 2, host: 'port.example.:443', verified: 1, kept: ['port.example', 0] },
  { id: 'f', account: 1, host: 'own.example.:8443', verified: 1, kept: ['own.example:8443', 1] },
  { id: 'g', account: 1, host: 'both.example', verified: 0, kept: ['both.example', 0] },
  { id: 'h', account: 1, host: 'both.example.', verified: 1, kept: ['both.example.', 0] },
]

test('domains of an older version are kept in their one spelling, each verified for one account', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'snug.db')
  copyFileSync(join(import.meta.dir, '../fixtures/schema-0000.db'), path)
  const old = new Database(path)
  old.run('DELETE FROM domains')
  for (const [at, { id, account, host, verified }] of cases.entries())
    old.run(
      `INSERT INTO domains (id, account_id, host, txt_record, verified, created_at) VALUES (?, ?, ?, 't', ?, ?)`,
      [id, account, host, verified, at],
    )
  old.close()
  const store = openStore(path)
  for (const { id, kept } of cases) {
    const domain = await store.domains.own(null, id)
    expect([domain?.host, Number(domain?.verified)] as unknown[]).toEqual(kept)
  }
  await store.close()
})
