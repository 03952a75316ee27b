import { expect, test } from 'bun:test'
import { createDomain, verifyDomain } from '../../src/core'
import { callerOf } from '../callers'
import { createWorld } from '../world'

const destination = 'https://example.com/'

/** Ann with two domains of her own, and Bob, who has none. */
const start = async () => {
  const world = await createWorld()
  const ann = callerOf((await world.person('ann')).account)
  const bob = callerOf((await world.person('bob')).account)
  const root = callerOf((await world.person('root', { role: 'admin' })).account)
  const { core } = world.app
  const domain = async (host: string) => {
    const { id } = await createDomain(core, ann, host)
    await verifyDomain(core, root, id, { force: true })
    return id
  }
  const [first, second] = [await domain('a.example'), await domain('b.example')]
  return { world, ann, bob, nobody: callerOf(null), first, second, ...core, close: world.close }
}

test('a link on a domain of one’s own is found, read and deleted by its code, by nobody else', async () => {
  const { links, ann, bob, nobody, first, close } = await start()
  const { id } = await links.create(ann, { destination, code: 'mine', domainId: first })
  expect((await links.own(ann, 'mine')).id).toBe(id)
  expect(await links.readable(ann, 'mine')).toMatchObject({
    link: { id },
    plan: { fullStats: true },
  })
  expect((await links.exportable(ann, 'mine', { simple: false })).id).toBe(id)
  expect(await links.bind(ann, ['mine'])).toEqual([{ code: 'mine', outcome: 'already bound' }])
  expect(await links.bind(bob, ['mine'])).toEqual([{ code: 'mine', outcome: 'not found' }])
  for (const other of [bob, nobody]) {
    const missing = { kind: 'link_missing' }
    await expect(links.own(other, 'mine')).rejects.toMatchObject(missing)
    await expect(links.readable(other, 'mine')).rejects.toMatchObject(missing)
  }
  await expect(links.removeByCode(bob, 'mine')).rejects.toMatchObject({ kind: 'link_missing' })
  await links.removeByCode(ann, 'mine')
  await expect(links.removeNamed(ann, 'mine')).rejects.toMatchObject({ kind: 'link_missing' })
  await expect(links.readable(ann, 'mine')).rejects.toMatchObject({ kind: 'link_gone' })
  await close()
})

test('the shared domain comes first, and a deletion sent twice hits one link only', async () => {
  const { links, ann, first, close } = await start()
  const shared = await links.create(ann, { destination, code: 'both' })
  const own = await links.create(ann, { destination, code: 'both', domainId: first })
  expect((await links.own(ann, 'both')).id).toBe(shared.id)
  await links.removeByCode(ann, 'both')
  await expect(links.removeByCode(ann, 'both')).rejects.toMatchObject({ kind: 'link_missing' })
  expect((await links.byId(ann, own.id)).link.deletedAt).toBeNull()
  await close()
})

test('a code that looks like an id hides that id, even once it is deleted', async () => {
  const { links, ann, bob, close } = await start()
  const { id } = await links.create(ann, { destination })
  await links.create(ann, { destination, code: `${id}` })
  await links.removeNamed(ann, `${id}`)
  await expect(links.removeNamed(ann, `${id}`)).rejects.toMatchObject({ kind: 'link_missing' })
  expect((await links.byId(ann, id)).link.deletedAt).toBeNull()
  const other = await links.create(bob, { destination })
  await links.create(ann, { destination, code: `${other.id}` })
  await links.removeNamed(bob, `${other.id}`)
  expect((await links.byId(bob, other.id)).link.deletedAt).not.toBeNull()
  await close()
})

test('one’s own comes before a stranger’s, unless several domains have the code', async () => {
  const { links, customers, world, ann, nobody, first, second, close } = await start()
  const { code, id } = (await customers.shorten(nobody, destination)).link
  const own = await links.create(ann, { destination, code, domainId: first })
  expect((await links.readable(ann, code)).link.id).toBe(own.id)
  expect((await links.readable(nobody, code)).link.id).toBe(id)
  await links.create(ann, { destination, code, domainId: second })
  expect((await links.readable(ann, code)).link.id).toBe(id)
  await expect(links.own(ann, code)).rejects.toMatchObject({ kind: 'link_missing' })
  await expect(links.removeByCode(ann, code)).rejects.toMatchObject({ kind: 'not_yours' })
  expect(await links.bind(ann, [code])).toEqual([{ code, outcome: 'bound' }])
  expect((await world.store.links.byCode('', code))?.boundTo).toBe(ann.account?.id ?? 0)
  await close()
})
