import { describe, expect, test } from 'bun:test'
import {
  createCampaign,
  createDomain,
  createLink,
  deleteCampaign,
  deleteDomain,
  deleteLinkById,
  findDomain,
  findLinkById,
  listCampaigns,
  renameCampaign,
  renameDomain,
  verifyDomain,
} from '../../src/core'
import { callerOf } from '../callers'
import { createWorld } from '../world'

const start = async () => {
  const world = await createWorld()
  const ann = callerOf((await world.person('ann')).account)
  const bob = callerOf((await world.person('bob')).account)
  const root = callerOf((await world.person('root', { role: 'admin' })).account)
  return {
    world,
    ann,
    bob,
    root,
    ...world.app.core,
    core: world.app.core,
    close: world.close,
  }
}

describe('a domain', () => {
  test('is stored as URLs print it', async () => {
    const { core, ann, close } = await start()
    expect((await createDomain(core, ann, ' GO.Example.COM ')).host).toBe('go.example.com')
    expect((await createDomain(core, ann, 'bücher.example')).host).toBe('xn--bcher-kva.example')
    expect((await createDomain(core, ann, 'go.example.com:8443')).host).toBe('go.example.com:8443')
    expect((await createDomain(core, ann, 'Dot.example.')).host).toBe('dot.example')
    expect((await createDomain(core, ann, 'port.example:443')).host).toBe('port.example')
    await close()
  })

  test('is refused when it is no host name, or ours', async () => {
    const { core, ann, close } = await start()
    const hosts = [
      '',
      'a b',
      'http://x.example',
      'x.example/y',
      '127.0.0.1',
      '[::1]',
      'u@x.example',
    ]
    const ours = ['short.example', 'SHORT.example.', 'short.example:443', 'ｓhort.example']
    const never = ['.', 'a..b', '.a', `${'a'.repeat(64)}.example`, '0x7f.1', 'a%2eexample']
    for (const host of [...hosts, ...ours, ...never, 'x'.repeat(300)])
      await expect(createDomain(core, ann, host)).rejects.toMatchObject({ kind: 'input_invalid' })
    await createDomain(core, ann, 'x.example')
    for (const host of ['X.example', 'x.example.', 'x.example:80'])
      await expect(createDomain(core, ann, host)).rejects.toMatchObject({ kind: 'domain_taken' })
    await close()
  })

  test('is verified by its record, beside the host or at it', async () => {
    const { world, core, hosts, ann, close } = await start()
    for (const at of ['_snug.a.example', 'b.example']) {
      const { id, host, txtRecord } = await createDomain(core, ann, at.replace('_snug.', ''))
      const verify = () => verifyDomain(core, ann, id, { force: false })
      await expect(verify()).rejects.toMatchObject({ kind: 'domain_unproved' })
      world.records.set(at, `${txtRecord}0`)
      await expect(verify()).rejects.toMatchObject({ kind: 'domain_unproved' })
      world.records.set(at, txtRecord)
      expect((await verify()).verified).toBe(true)
      expect(hosts.domainOf(host)).toBe(id)
    }
    await close()
  })

  test('belongs to whoever verified it first; only administrators do without a record', async () => {
    const { core, ann, bob, root, close } = await start()
    const [first, second] = [
      await createDomain(core, ann, 'x.example'),
      await createDomain(core, bob, 'x.example'),
    ]
    await expect(verifyDomain(core, ann, first.id, { force: true })).rejects.toMatchObject({
      kind: 'admin_required',
    })
    await verifyDomain(core, root, first.id, { force: true })
    await verifyDomain(core, root, first.id, { force: true })
    await expect(verifyDomain(core, root, second.id, { force: true })).rejects.toMatchObject({
      kind: 'domain_taken',
    })
    for (const host of ['x.example.', 'x.example:443']) {
      await deleteDomain(core, bob, second.id).catch(() => {})
      const beside = await createDomain(core, bob, host)
      await expect(verifyDomain(core, root, beside.id, { force: true })).rejects.toMatchObject({
        kind: 'domain_taken',
      })
      await deleteDomain(core, bob, beside.id)
    }
    await expect(findDomain(core, bob, first.id)).rejects.toMatchObject({ kind: 'record_missing' })
    await expect(deleteDomain(core, bob, first.id)).rejects.toMatchObject({
      kind: 'record_missing',
    })
    await close()
  })

  test('with links is neither deleted nor given another host', async () => {
    const { core, hosts, ann, root, close } = await start()
    const { id } = await createDomain(core, ann, 'x.example')
    await verifyDomain(core, root, id, { force: true })
    const draft = { destination: 'https://example.com/', code: 'one', domainId: id }
    const link = await createLink(core, ann, draft)
    await expect(deleteDomain(core, ann, id)).rejects.toMatchObject({ kind: 'still_used' })
    await expect(renameDomain(core, ann, id, 'y.example')).rejects.toMatchObject({
      kind: 'still_used',
    })
    await deleteLinkById(core, ann, link.id)
    const { verified, txtRecord } = await renameDomain(core, ann, id, 'y.example')
    expect(verified).toBe(false)
    expect(txtRecord).toStartWith('snug-verify=')
    expect(hosts.domainOf('x.example')).toBe('')
    await deleteDomain(core, ann, id)
    await expect(findDomain(core, ann, id)).rejects.toMatchObject({ kind: 'record_missing' })
    await close()
  })
})

test('live clicks reach their owner and administrators, and no stream is left behind', async () => {
  const { world, core, live, ann, bob, root, close } = await start()
  const { code } = await createLink(core, ann, { destination: 'https://example.com/' })
  const heard: Record<string, number> = { ann: 0, bob: 0, root: 0 }
  const listen = (name: string, caller: typeof ann) =>
    live.listen(caller, undefined, {
      tell: (clicks) => {
        heard[name] = (heard[name] ?? 0) + clicks.length
      },
      end: () => {},
      identify: async () => caller,
    })
  const stops = [listen('ann', ann), listen('bob', bob), listen('root', root)]
  const click = async () => {
    await world.send({ path: `/${code}` })
    await world.app.clicks.drain()
    await new Promise((resolve) => setImmediate(resolve)) // they are told once it is known who may hear
  }
  await click()
  expect(heard).toEqual({ ann: 1, bob: 0, root: 1 })
  for (const stop of stops) stop()
  await click()
  expect(heard).toEqual({ ann: 1, bob: 0, root: 1 })
  const ten = Array.from({ length: 10 }, () => listen('ann', ann))
  expect(() => listen('ann', ann)).toThrow('rate_limited')
  for (const stop of ten) stop()
  listen('ann', ann)
  await close()
})

test('a campaign of a link can be deleted, the link stays', async () => {
  const { core, ann, bob, close } = await start()
  const { id } = await createCampaign(core, ann, ' Spring ')
  const draft = { destination: 'https://example.com/', campaignId: id }
  const link = await createLink(core, ann, draft)
  await expect(createLink(core, bob, draft)).rejects.toMatchObject({ kind: 'input_invalid' })
  expect(await listCampaigns(core, ann)).toMatchObject([{ name: 'Spring', links: 1 }])
  expect(await listCampaigns(core, bob)).toEqual([])
  await expect(renameCampaign(core, bob, id, 'x')).rejects.toMatchObject({ kind: 'record_missing' })
  expect(await renameCampaign(core, ann, id, 'Summer')).toMatchObject({ name: 'Summer', links: 1 })
  await deleteCampaign(core, ann, id)
  expect((await findLinkById(core, ann, link.id)).link.campaignId).toBeNull()
  await close()
})
