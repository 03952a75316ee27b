import { expect, test } from 'bun:test'
import { createWorld, dawn } from '../world'

const id = 'a'.repeat(24)

const verifiedWorld = async (host: string) => {
  const world = await createWorld()
  const now = new Date(dawn)
  const account = await world.store.customers.open(
    {
      account: { kind: 'user', plan: 'pro', createdAt: now, updatedAt: now },
      key: { kind: 'api', hash: 'h', mask: 'm', createdAt: now },
    },
    { code: 'first', destination: 'https://example.com/', createdAt: now, updatedAt: now },
  )
  if (typeof account === 'string') throw new Error(account)
  const { ownerId: accountId } = account
  const row = { id, accountId, host, txtRecord: 't', verified: false, createdAt: now }
  await world.store.domains.insert(row)
  return world
}

test('a host counts once it is verified, with or without its port, in any spelling', async () => {
  const { app, store, close } = await verifiedWorld('go.example')
  const { hosts } = app.core
  await hosts.refresh()
  expect([hosts.any(), hosts.domainOf('go.example')]).toEqual([false, ''])
  await store.domains.verify(id, 'go.example')
  await hosts.refresh()
  expect(hosts.any()).toBe(true)
  for (const host of [
    'go.example',
    'GO.Example',
    'go.example:8080',
    'go.example.',
    'Go.example.:80',
  ])
    expect(hosts.domainOf(host)).toBe(id)
  for (const host of [
    '',
    'example',
    'x.go.example',
    'go.example.evil',
    'go.example:x',
    'go.example..',
  ])
    expect(hosts.domainOf(host)).toBe('')
  await close()
})

test('a short URL is on the link’s own domain, in the caller’s scheme', async () => {
  const { app, store, close } = await verifiedWorld('go.example:8443')
  const { hosts } = app.core
  const own = { domainId: id, code: 'x' }
  expect(hosts.shortUrl('http://snug.example/base', { ...own, domainId: '' })).toBe(
    'http://snug.example/base/x',
  )
  expect(hosts.shortUrl('http://snug.example', own)).toBe('http://snug.example/x')
  await store.domains.verify(id, 'go.example:8443')
  await hosts.refresh()
  expect(hosts.shortUrl('https://snug.example/base', own)).toBe('https://go.example:8443/x')
  expect(hosts.shortUrl('http://snug.example', own)).toBe('http://go.example:8443/x')
  await close()
})
