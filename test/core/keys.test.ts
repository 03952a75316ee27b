import { afterEach, beforeEach, expect, test } from 'bun:test'
import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { Fault } from '../../src/core'
import { hashSecret, maskSecret } from '../../src/core/keys/keys'
import { isWithin, readNetworks } from '../../src/core/networks'
import { createWorld, type World } from '../world'

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

const keys = () => world.app.core.keys
const kindOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error) => (error instanceof Fault ? error.kind : error),
  )
const identify = (secret: string) => keys().identify(secret, 'any', '203.0.113.1')

test('nothing that was not made opens anything', async () => {
  const { account } = await world.person('ann')
  const { secret } = await keys().mint(account, {})
  expect((await identify(secret))?.account.id).toBe(account.id)
  await fc.assert(
    fc.asyncProperty(fc.string(), async (guess) => {
      const outcome = await identify(guess).catch(({ kind }) => kind)
      expect([null, 'key_malformed', 'key_invalid']).toContain(outcome)
    }),
  )
  for (const near of [secret.toUpperCase(), ` ${secret}`, secret.slice(0, -1), `${secret}0`])
    expect(await identify(near).catch(({ kind }) => kind)).not.toHaveProperty('account')
})

test('a mask shows little of a secret, and a hash nothing', () => {
  const anySecret = fc.stringMatching(/^sk_[0-9a-f]{64}$|^[!-~]{12,128}$/)
  fc.assert(
    fc.property(anySecret, (secret) => {
      const mask = maskSecret(secret)
      const shown = mask.replace(/[_…]/g, '').length
      expect(secret.length - shown).toBeGreaterThanOrEqual(5)
      expect(hashSecret(secret)).toMatch(/^[0-9a-f]{64}$/)
    }),
  )
})

test('of fifty rotations at once one key is left', async () => {
  const { account } = await world.person('ann')
  const made = await Promise.all(Array.from({ length: 50 }, () => keys().rotatePersonal(account)))
  const live = await Promise.all(made.map(({ secret }) => kindOf(identify(secret))))
  expect(live.filter((kind) => kind === 'none')).toHaveLength(1)
  const all = await keys().all(account)
  expect(all.filter(({ key }) => key.kind === 'personal')).toHaveLength(1)
})

test('once a change is answered, no request sees the key as it was', async () => {
  const { account } = await world.person('ann')
  const { key, secret } = await keys().mint(account, {})
  const ask = () => Promise.all(Array.from({ length: 20 }, () => kindOf(identify(secret))))
  for (let round = 0; round < 10; round++) {
    const racing = ask()
    await keys().patch(account, key.id, { active: false })
    expect(new Set(await ask())).toEqual(new Set(['key_inactive']))
    await racing
    await keys().patch(account, key.id, { active: true })
    expect(new Set(await ask())).toEqual(new Set(['none']))
  }
  await keys().remove(account, key.id)
  expect(new Set(await ask())).toEqual(new Set(['key_invalid']))
})

test('no use is lost while uses are being stored', async () => {
  const { account } = await world.person('ann')
  const { key } = await keys().mint(account, {})
  const { keyUses } = world.app.core
  const flushes: Promise<void>[] = []
  for (let use = 0; use < 500; use++) {
    keyUses.note(key.id)
    if (use % 7 === 0) flushes.push(keyUses.flush())
    if (use % 50 === 0) await Promise.all(flushes.splice(0))
  }
  await Promise.all(flushes)
  await keyUses.flush()
  const stored = (await keys().all(account)).find((one) => one.key.id === key.id)
  expect(stored?.key.requestsCount).toBe(500)
  expect(stored?.key.lastUsedAt).toEqual(new Date(world.now()))
})

test('a network holds its own addresses and no others, mapped ones included', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.ipV4(), (at, bits, other) => {
      const networks = readNetworks([`${at}/${bits}`])
      expect(isWithin(networks, at)).toBe(true)
      expect(isWithin(networks, `::ffff:${at}`)).toBe(true)
      expect(isWithin(networks, other)).toBe(cut(at, bits) === cut(other, bits))
      expect(isWithin(networks, '2001:db8::1')).toBe(false)
    }),
  )
  fc.assert(
    fc.property(anyIPv6, fc.integer({ min: 0, max: 128 }), (at, bits) => {
      expect(isWithin(readNetworks([`${at}/${bits}`]), at)).toBe(true)
    }),
  )
  expect(isWithin([], 'anything')).toBe(true)
  expect(isWithin(['10.0.0.0/8'], 'not an address')).toBe(false)
  expect(readNetworks(['10.0.0.1/32', '10.0.0.1', ' 2001:DB8:0::/32 '])).toEqual([
    '10.0.0.1',
    '2001:db8::/32',
  ])
})

/** Addresses that are not IPv4 ones in disguise. */
const anyIPv6 = fc.ipV6().filter((at) => ipaddr.process(at).kind() === 'ipv6')

/** The first bits of an IPv4 address. */
const cut = (address: string, bits: number) =>
  address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')
    .slice(0, bits)
