import { afterEach, beforeEach, expect, test } from 'bun:test'
import { guestLifetime } from '../../src/core'
import { createWorld, type World } from '../world'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const destination = 'https://example.com/'

/** A link of a guest, made straight in the store. */
const linkOf = async (ownerId: number, code: string, expiresAt: number | null) => {
  const now = new Date(world.now())
  const link = await world.store.links.insert({
    code,
    destination,
    ownerId,
    anonymous: true,
    publicStats: true,
    createdAt: now,
    updatedAt: now,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  })
  if (link === null) throw new Error(`${code} is taken`)
  return link
}

const follow = (code: string) => world.send({ path: `/${code}` })

test('a guest is found again by the secret, which is nowhere in the database', async () => {
  const { core } = world.app
  const guest = await core.guests.open()
  expect(guest.account).toMatchObject({ kind: 'guest', email: null })
  expect((await core.guests.resume(guest.secret))?.account.id).toBe(guest.account.id)
  expect(await core.guests.resume(`${guest.secret}x`)).toBeNull()
  expect(JSON.stringify(await world.store.guests.byHash(guest.session.hash))).not.toContain(
    guest.secret,
  )
})

test('signing in moves the guest’s links and ends the guest', async () => {
  const { core } = world.app
  const { account } = await world.person('ada')
  const guest = await core.guests.open()
  const end = world.now() + guestLifetime
  const plain = await linkOf(guest.account.id, 'plain', end)
  const early = await linkOf(guest.account.id, 'early', end - 1000)
  await core.guests.join(guest.secret, account)

  const { links } = world.store
  const moved = { ownerId: account.id, anonymous: false, guestSessionId: null }
  expect(await links.byCode('', plain.code)).toMatchObject({ ...moved, expiresAt: null })
  expect(await links.byCode('', early.code)).toMatchObject({ ...moved, expiresAt: early.expiresAt })
  expect(await core.guests.resume(guest.secret)).toBeNull()
  expect(await world.store.accounts.byId(guest.account.id)).toBeNull()
  await core.guests.join(guest.secret, account) // a stale cookie does no harm
})

test('a guest link is erased within seven days, and its code is free again', async () => {
  const { core, clicks } = world.app
  const guest = await core.guests.open()
  const { id } = await linkOf(guest.account.id, 'mine', world.now() + guestLifetime)
  const kept = await linkOf((await world.person('ada')).account.id, 'kept', world.now() + 1)
  expect((await follow('mine')).status).toBe(302)
  await clicks.drain()
  await core.guests.purge()
  expect((await follow('mine')).status).toBe(302)

  world.pass(guestLifetime)
  await core.guests.purge()
  expect((await follow('mine')).status).toBe(404)
  expect((await follow(kept.code)).status).toBe(410)
  const question = { ask: 'totals', filter: { scope: { links: [id] } } } as const
  expect(await world.store.ask([question])).toEqual([expect.objectContaining({ clicks: 0 })])
  expect(await linkOf(kept.ownerId, 'mine', null)).toMatchObject({ code: 'mine' })
  expect(await core.guests.resume(guest.secret)).toBeNull()
})
