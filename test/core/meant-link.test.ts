import { expect, test } from 'bun:test'
import {
  bindLinks,
  createDomain,
  createLink,
  deleteLinkByCode,
  deleteLinkByCodeOrId,
  findExportableLink,
  findLinkById,
  findOwnLink,
  findReadableLink,
  verifyDomain,
} from '../../src/core'
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
  return {
    world,
    ann,
    bob,
    nobody: callerOf(null),
    first,
    second,
    core,
    ...core,
    close: world.close,
  }
}

test('a link on a domain of one’s own is found, read and deleted by its code, by nobody else', async () => {
  const { core, ann, bob, nobody, first, close } = await start()
  const { id } = await createLink(core, ann, { destination, code: 'mine', domainId: first })
  expect((await findOwnLink(core, ann, 'mine')).id).toBe(id)
  expect(await findReadableLink(core, ann, 'mine')).toMatchObject({
    link: { id },
    plan: { fullStats: true },
  })
  expect((await findExportableLink(core, ann, 'mine', { simple: false })).id).toBe(id)
  expect(await bindLinks(core, ann, ['mine'])).toEqual([{ code: 'mine', outcome: 'already bound' }])
  expect(await bindLinks(core, bob, ['mine'])).toEqual([{ code: 'mine', outcome: 'not found' }])
  for (const other of [bob, nobody]) {
    const missing = { kind: 'link_missing' }
    await expect(findOwnLink(core, other, 'mine')).rejects.toMatchObject(missing)
    await expect(findReadableLink(core, other, 'mine')).rejects.toMatchObject(missing)
  }
  await expect(deleteLinkByCode(core, bob, 'mine')).rejects.toMatchObject({ kind: 'link_missing' })
  await deleteLinkByCode(core, ann, 'mine')
  await expect(deleteLinkByCodeOrId(core, ann, 'mine')).rejects.toMatchObject({
    kind: 'link_missing',
  })
  await expect(findReadableLink(core, ann, 'mine')).rejects.toMatchObject({ kind: 'link_gone' })
  await close()
})

test('the shared domain comes first, and a deletion sent twice hits one link only', async () => {
  const { core, ann, first, close } = await start()
  const shared = await createLink(core, ann, { destination, code: 'both' })
  const own = await createLink(core, ann, { destination, code: 'both', domainId: first })
  expect((await findOwnLink(core, ann, 'both')).id).toBe(shared.id)
  await deleteLinkByCode(core, ann, 'both')
  await expect(deleteLinkByCode(core, ann, 'both')).rejects.toMatchObject({ kind: 'link_missing' })
  expect((await findLinkById(core, ann, own.id)).link.deletedAt).toBeNull()
  await close()
})

test('a code that looks like an id hides that id, even once it is deleted', async () => {
  const { core, ann, bob, close } = await start()
  const { id } = await createLink(core, ann, { destination })
  await createLink(core, ann, { destination, code: `${id}` })
  await deleteLinkByCodeOrId(core, ann, `${id}`)
  await expect(deleteLinkByCodeOrId(core, ann, `${id}`)).rejects.toMatchObject({
    kind: 'link_missing',
  })
  expect((await findLinkById(core, ann, id)).link.deletedAt).toBeNull()
  const other = await createLink(core, bob, { destination })
  await createLink(core, ann, { destination, code: `${other.id}` })
  await deleteLinkByCodeOrId(core, bob, `${other.id}`)
  expect((await findLinkById(core, bob, other.id)).link.deletedAt).not.toBeNull()
  await close()
})

test('one’s own comes before a stranger’s, unless several domains have the code', async () => {
  const { core, customers, world, ann, nobody, first, second, close } = await start()
  const { code, id } = (await customers.shorten(nobody, destination)).link
  const own = await createLink(core, ann, { destination, code, domainId: first })
  expect((await findReadableLink(core, ann, code)).link.id).toBe(own.id)
  expect((await findReadableLink(core, nobody, code)).link.id).toBe(id)
  await createLink(core, ann, { destination, code, domainId: second })
  expect((await findReadableLink(core, ann, code)).link.id).toBe(id)
  await expect(findOwnLink(core, ann, code)).rejects.toMatchObject({ kind: 'link_missing' })
  await expect(deleteLinkByCode(core, ann, code)).rejects.toMatchObject({ kind: 'not_yours' })
  expect(await bindLinks(core, ann, [code])).toEqual([{ code, outcome: 'bound' }])
  expect((await world.store.links.byCode('', code))?.boundTo).toBe(ann.account?.id ?? 0)
  await close()
})
