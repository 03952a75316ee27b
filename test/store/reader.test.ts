import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { openStore } from '../../src/store'
import { temporaryFolder } from '../program'

const totals = { ask: 'totals', filter: { scope: 'all' } } as const

test('many lists of questions at once are answered, each in its own order', async () => {
  using folder = temporaryFolder()
  const store = openStore(join(folder.path, 'snug.db'))
  const lists = Array.from({ length: 50 }, (_, n) =>
    store.ask([totals, { ask: 'topLinks', filter: { scope: { links: [n] } }, limit: 5 }] as const),
  )
  for (const [counted, top] of await Promise.all(lists)) {
    expect(counted).toEqual({ clicks: 0, visitors: 0, bots: 0, redirectUs: 0, lastAt: null })
    expect(top).toEqual([])
  }
  await store.close()
})

test('a question that can’t be answered fails alone', async () => {
  using folder = temporaryFolder()
  const store = openStore(join(folder.path, 'snug.db'))
  const wrong = { ...totals, filter: { scope: 'all', from: 0, where: { nothing: 'x' } } }
  const asked = [store.ask([{ ask: 'nothing' } as never]), store.ask([totals])] as const
  await expect(asked[0]).rejects.toThrow('answerer is not a function')
  expect((await asked[1])[0]).toMatchObject({ clicks: 0 })
  expect((await store.ask([wrong as never]))[0]).toMatchObject({ clicks: 0 })
  await store.close()
})

test('questions under way when the store closes fail, and do not hang', async () => {
  using folder = temporaryFolder()
  const store = openStore(join(folder.path, 'snug.db'))
  const asked = store.ask([totals]).then(
    () => 'answered',
    (error: Error) => error.message,
  )
  await store.close()
  expect(await asked).toBeOneOf(['answered', 'the program is stopping'])
})
