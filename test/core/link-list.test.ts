import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { createLink, createLinks, readAllLinks, searchLinks } from '../../src/core'
import { linkStatus } from '../../src/core/links/status'
import { callerOf } from '../callers'
import { createWorld, dawn } from '../world'

const page = { sort: { by: 'createdAt', descending: true }, page: 1, limit: 1000 } as const

const start = async () => {
  const world = await createWorld()
  const { account } = await world.person('ann')
  const { account: other } = await world.person('bob')
  const { account: admin } = await world.person('root', { role: 'admin' })
  const { core } = world.app
  const make = (draft: Record<string, unknown> = {}, by = account) =>
    createLink(core, callerOf(by, 'http://localhost'), {
      destination: 'https://example.com/',
      ...draft,
    })
  const codesOf = async (filter: Parameters<typeof searchLinks>[2], by = account) =>
    (await searchLinks(core, callerOf(by, 'http://localhost'), filter, page)).rows
      .map(({ link }) => link.code)
      .sort()
  return { world, core, make, codesOf, account, other, admin, close: world.close }
}

describe('a search', () => {
  test('finds words in code, destination, title, tag, folder and note, in any order and case', async () => {
    const { make, codesOf, close } = await start()
    await make({ code: 'Spring-1', title: 'Launch day' })
    await make({ code: 'two', destination: 'https://shop.example/Launch?day=1' })
    await make({ code: 'three', tags: ['launch'], folder: 'Days', notes: 'nothing' })
    await make({ code: 'four', notes: 'the launch' })
    expect(await codesOf({ q: 'LAUNCH' })).toEqual(['Spring-1', 'four', 'three', 'two'])
    expect(await codesOf({ q: 'day launch' })).toEqual(['Spring-1', 'three', 'two'])
    expect(await codesOf({ q: 'spring' })).toEqual(['Spring-1'])
    expect(await codesOf({ q: 'http://localhost/Spring-1' })).toEqual(['Spring-1'])
    expect(await codesOf({ q: 'HTTP://Localhost.:80/Spring-1' })).toEqual(['Spring-1'])
    await close()
  })

  test('takes wildcards and quotes as letters', async () => {
    const { make, codesOf, close } = await start()
    await make({ code: 'percent', title: '100% \\ of "it"' })
    await make({ code: 'plain', title: 'a thousand' })
    for (const q of ['100%', '%', '\\', '"it"']) expect(await codesOf({ q })).toEqual(['percent'])
    expect(await codesOf({ q: '_' })).toEqual([])
    expect(await codesOf({ q: "' OR 1=1 --" })).toEqual([])
    await close()
  })

  test('by tag, folder and account is to the letter', async () => {
    const { make, codesOf, close, other, admin } = await start()
    await make({ code: 'tagged', tags: ['red', 'dark-red'], folder: 'Colours' })
    await make({ code: 'dark', tags: ['dark-red'], folder: 'Colour' })
    await make({ code: 'foreign', tags: ['red'] }, other)
    expect(await codesOf({ tag: 'red' })).toEqual(['tagged'])
    expect(await codesOf({ tag: 're_' })).toEqual([])
    expect(await codesOf({ folder: 'Colour' })).toEqual(['dark'])
    expect(await codesOf({ tag: 'red' }, admin)).toEqual(['foreign', 'tagged'])
    expect(await codesOf({ account: other.id }, admin)).toEqual(['foreign'])
    await expect(codesOf({ account: other.id })).rejects.toMatchObject({ kind: 'admin_required' })
    await close()
  })

  test('by state finds exactly the links whose gate says so', async () => {
    const { world, make, codesOf, close } = await start()
    const moment = fc.option(
      fc.constantFrom(dawn - 1000, dawn, dawn + 1000).map((at) => new Date(at)),
    )
    const rows = fc.record({
      enabled: fc.boolean(),
      startsAt: moment,
      expiresAt: moment,
      deletedAt: moment,
      maxClicks: fc.option(fc.constantFrom(1, 2)),
      spent: fc.constantFrom(0, 1, 2),
      passwordHash: fc.option(fc.constant('a hash')),
    })
    const expected = new Map<string, string>()
    for (const row of fc.sample(rows, { numRuns: 300, seed: 1 })) {
      const link = await make()
      const [changed] = await world.store.links.change([link.id], () => row, new Date(dawn))
      const state = linkStatus(changed ?? link, dawn)
      expected.set(link.code, state === 'locked' ? 'open' : state)
    }
    for (const state of ['open', 'early', 'expired', 'spent', 'disabled', 'deleted'] as const) {
      const should = [...expected].filter(([, is]) => is === state).map(([code]) => code)
      expect(should.length).toBeGreaterThan(0)
      expect({ state, codes: await codesOf({ state }) }).toEqual({ state, codes: should.sort() })
    }
    await close()
  })

  test('sorts by clicks, with totals in its rows, and holds its order within one millisecond', async () => {
    const { world, core, make, account, close } = await start()
    const made = [await make({ code: 'a' }), await make({ code: 'b' }), await make({ code: 'c' })]
    for (const code of ['b', 'b', 'c']) await world.send({ path: `/${code}` })
    await world.app.clicks.drain()
    const sorted = async (by: 'clicks' | 'createdAt', descending: boolean) =>
      (
        await searchLinks(
          core,
          callerOf(account, 'http://localhost'),
          {},
          { ...page, sort: { by, descending } },
        )
      ).rows
    const rows = await sorted('clicks', true)
    expect(rows.map(({ link, clicks }) => [link.code, clicks])).toEqual([
      ['b', 2],
      ['c', 1],
      ['a', 0],
    ])
    expect(rows[0]).toMatchObject({ visitors: 1, lastAt: dawn })
    expect((await sorted('createdAt', true)).map(({ link }) => link.id)).toEqual(
      made.map(({ id }) => id).toReversed(),
    )
    await close()
  })

  test('reads all links for an export, page by page, each once', async () => {
    const { core, account, close } = await start()
    const drafts = Array.from({ length: 2345 }, () => ({ destination: 'https://example.com/' }))
    await createLinks(core, callerOf(account, 'http://localhost'), drafts)
    const codes = new Set<string>()
    for await (const page of readAllLinks(core, callerOf(account, 'http://localhost'), {}))
      for (const { link } of page) codes.add(link.code)
    expect(codes.size).toBe(2345)
    await close()
  })
})
