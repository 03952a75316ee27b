import { afterEach, beforeEach, expect, test } from 'bun:test'
import { editLink, spendRedirect } from '../../src/core'
import { createMaker, type Maker, typePassword } from './made'

/** A ceiling that is set later counts every visit before it, stored or not. */
let maker: Maker
beforeEach(async () => {
  maker = await createMaker()
})
afterEach(() => maker.close())

const follow = async (code: string) => (await maker.send({ path: `/${code}` })).status
const edit = (id: number, maxClicks: number | null) =>
  editLink(maker.app.core, maker.caller, id, { maxClicks })

/** What our own API shows of a link. */
const shown = async (id: number) => {
  const key = { 'X-API-Key': (await maker.person('reader', { role: 'admin' })).key }
  const answer = await maker.send({ path: `/api/snug/v1/links/${id}`, headers: key })
  return (await answer.json()) as { state: string; clicks: number }
}

test.each([
  ['of as many as were there', 5, [410, 410]],
  ['of fewer', 3, [410, 410]],
  ['of one more', 6, [302, 410]],
])('a ceiling %s, right after five visits', async (_, maxClicks, expected) => {
  const { id, code } = await maker.make()
  for (let visit = 0; visit < 5; visit++) await follow(code)
  await edit(id, maxClicks)
  expect([await follow(code), await follow(code)]).toEqual(expected)
  await maker.app.clicks.drain()
  expect((await shown(id)).state).toBe('spent')
})

test('a ceiling counts what can’t be stored at the moment', async () => {
  const { id, code } = await maker.make()
  const { append } = maker.store.clicks
  maker.store.clicks.append = async () => {
    throw new Error('disk full')
  }
  for (let visit = 0; visit < 5; visit++) await follow(code)
  await edit(id, 6)
  expect([await follow(code), await follow(code)]).toEqual([302, 410])
  maker.store.clicks.append = append
})

test('a ceiling that is taken away and put back counts what was followed meanwhile', async () => {
  const { id, code } = await maker.make({ maxClicks: 2 })
  expect([await follow(code), await follow(code), await follow(code)]).toEqual([302, 302, 410])
  await edit(id, null)
  expect([await follow(code), await follow(code)]).toEqual([302, 302])
  await edit(id, 5)
  expect([await follow(code), await follow(code)]).toEqual([302, 410])
  await maker.app.clicks.drain()
  expect(await shown(id)).toMatchObject({ state: 'spent', clicks: 5 })
})

test('the visits of a form count, too', async () => {
  const { id, code } = await maker.make({ password: 'open sesame' })
  const type = async () => (await typePassword(maker, code, 'open sesame')).status
  expect([await type(), await type()]).toEqual([303, 303])
  await edit(id, 3)
  expect([await type(), await type()]).toEqual([303, 410])
})

test('with visits all the while a link is followed no more often than its ceiling', async () => {
  for (let round = 0; round < 5; round++) {
    const { id, code } = await maker.make()
    let followed = 0
    let setting = true
    const visit = async () => {
      for (let turn = 0; turn < 400 && (setting || turn < 40); turn++) {
        if ((await follow(code)) === 302) followed++
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const visitors = Array.from({ length: 4 }, visit)
    while (followed < 10) await new Promise((resolve) => setImmediate(resolve))
    const ceiling = followed + 200
    await edit(id, ceiling)
    setting = false
    await Promise.all(visitors)
    while ((await follow(code)) === 302) followed++
    expect(followed).toBe(ceiling)
  }
})

test('a redirect that is taken but not yet answered counts against a ceiling that is set meanwhile', async () => {
  const { id } = await maker.make({ maxClicks: 10 })
  const before = await maker.store.links.change([id], () => null, new Date())
  expect(before).toEqual([])
  const seen: number[] = []
  const look = () =>
    maker.store.links.change(
      [id],
      (_, followed) => {
        seen.push(followed())
        return null
      },
      new Date(),
    )
  await Promise.all([spendRedirect(maker.app.core, id), spendRedirect(maker.app.core, id), look()])
  await look()
  expect(seen).toEqual([2, 0]) // their clicks would have been noted by the second look
})

test('visits between the commit of a ceiling and the next look at the link are counted', async () => {
  const { id, code } = await maker.make()
  let followed = 0
  const visit = async () => {
    if ((await follow(code)) === 302) followed++
  }
  await visit()
  const { change } = maker.store.links
  maker.store.links.change = async (...given) => {
    const changed = await change(...given)
    maker.store.links.change = change
    for (let visitor = 0; visitor < 3; visitor++) await visit()
    return changed
  }
  await edit(id, 10)
  for (let visitor = 0; visitor < 20; visitor++) await visit()
  expect(followed).toBe(10)
})
