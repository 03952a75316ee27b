import { describe, expect, test } from 'bun:test'
import {
  checkCode,
  createLink,
  createLinks,
  deleteLinkById,
  deleteLinks,
  editLink,
  editLinks,
  findLinkById,
  type LinkChange,
} from '../../src/core'
import { callerOf } from '../callers'
import { createWorld, dawn } from '../world'

const start = async () => {
  const world = await createWorld()
  const { account } = await world.person('ann')
  const caller = callerOf(account, 'http://localhost')
  const other = callerOf((await world.person('bob')).account, 'http://localhost')
  const { core } = world.app
  const changes: LinkChange[] = []
  world.app.core.onLinkChanged((change) => changes.push(change))
  const make = (draft = {}) =>
    createLink(core, caller, { destination: 'https://example.com/', ...draft })
  return { world, core, caller, other, make, changes, close: world.close }
}

const later = new Date(dawn + 1000)

describe('an edit', () => {
  test('changes what it names and nothing else; null empties', async () => {
    const { core, caller, make, close } = await start()
    const { id } = await make({ title: 'One', tags: ['a'], expiresAt: later, password: 'secret' })
    const { link } = await editLink(core, caller, id, { title: 'Two' })
    expect(link).toMatchObject({ title: 'Two', tags: ['a'], expiresAt: later })
    expect(link.passwordHash).not.toBeNull()
    const emptied = await editLink(core, caller, id, {
      title: null,
      tags: null,
      expiresAt: null,
      password: null,
    })
    expect(emptied.link).toMatchObject({
      title: null,
      tags: [],
      expiresAt: null,
      passwordHash: null,
    })
    await close()
  })

  test('is bound like a new link, and refused whole', async () => {
    const { core, caller, make, close } = await start()
    const { id } = await make({ startsAt: later })
    const refusals = [
      { title: 'x'.repeat(201) },
      { tags: ['not a tag'] },
      { maxClicks: 0 },
      { redirectStatus: 303 },
      { password: 'abc' },
      { expiresAt: later },
      { expiresAt: new Date(dawn - 1) },
      { campaignId: 'f'.repeat(24) },
      { code: 'another' },
      { domainId: 'f'.repeat(24) },
    ]
    for (const edit of refusals) {
      const [field] = Object.keys(edit)
      const refused = editLink(core, caller, id, { notes: 'changed', ...edit })
      await expect(refused).rejects.toMatchObject({ kind: 'input_invalid', detail: { field } })
    }
    for (const [destination, kind] of [
      ['javascript:alert(1)', 'url_invalid'],
      [null, 'url_missing'],
    ] as const) {
      const refused = editLink(core, caller, id, { notes: 'changed', destination })
      await expect(refused).rejects.toMatchObject({ kind })
    }
    expect((await findLinkById(core, caller, id)).link.notes).toBeNull()
    await close()
  })

  test('an expired link can still be renamed, and opened again', async () => {
    const { world, core, caller, make, close } = await start()
    const { id, code } = await make({ expiresAt: later })
    world.pass(2000)
    expect((await world.send({ path: `/${code}` })).status).toBe(410)
    await editLink(core, caller, id, { title: 'Over' })
    await editLink(core, caller, id, { expiresAt: new Date(dawn + 9000) })
    expect((await world.send({ path: `/${code}` })).status).toBe(302)
    await close()
  })

  test('a ceiling set later counts the clicks before it', async () => {
    const { world, core, caller, make, close } = await start()
    const { id, code } = await make()
    for (let visit = 0; visit < 3; visit++) await world.send({ path: `/${code}` })
    await world.app.clicks.drain()
    await editLink(core, caller, id, { maxClicks: 4 })
    expect((await world.send({ path: `/${code}` })).status).toBe(302)
    expect((await world.send({ path: `/${code}` })).status).toBe(410)
    await close()
  })

  test('and a deletion act on the very next visit, and are told of', async () => {
    const { world, core, caller, make, changes, close } = await start()
    const { id, code } = await make()
    await world.send({ path: `/${code}` })
    await editLink(core, caller, id, { destination: 'https://example.org/' })
    const answer = await world.send({ path: `/${code}` })
    expect(answer.headers.get('location')).toBe('https://example.org/')
    await deleteLinkById(core, caller, id)
    expect((await world.send({ path: `/${code}` })).status).toBe(410)
    expect(changes.map(({ kind }) => kind)).toEqual(['created', 'updated', 'deleted'])
    await expect(editLink(core, caller, id, {})).rejects.toMatchObject({ kind: 'link_gone' })
    await expect(deleteLinkById(core, caller, id)).rejects.toMatchObject({ kind: 'link_gone' })
    await close()
  })

  test('of somebody else’s link finds nothing', async () => {
    const { core, other, make, close } = await start()
    const { id } = await make()
    await expect(findLinkById(core, other, id)).rejects.toMatchObject({ kind: 'link_missing' })
    await expect(editLink(core, other, id, {})).rejects.toMatchObject({ kind: 'link_missing' })
    await expect(deleteLinkById(core, other, id)).rejects.toMatchObject({ kind: 'link_missing' })
    await close()
  })
})

describe('many at once', () => {
  test('each is made or refused on its own', async () => {
    const { core, caller, close } = await start()
    const destination = 'https://example.com/'
    const made = await createLinks(core, caller, [
      { destination, code: 'same' },
      { destination: 'nonsense' },
      { destination, code: 'same' },
      { destination },
    ])
    const outcomes: string[] = made.map((one) => ('kind' in one ? one.kind : 'made'))
    expect(outcomes).toEqual(['made', 'url_invalid', 'code_taken', 'made'])
    await close()
  })

  test('one code wanted by a hundred at once is had by one', async () => {
    const { core, caller, other, close } = await start()
    const draft = { destination: 'https://example.com/', code: 'contested' }
    const all = await Promise.all([
      createLinks(
        core,
        caller,
        Array.from({ length: 50 }, () => draft),
      ),
      ...Array.from({ length: 50 }, () => createLinks(core, other, [draft])),
    ])
    expect(all.flat().filter((one) => 'code' in one)).toHaveLength(1)
    await close()
  })

  test('are tagged, moved, switched off and deleted, foreign ones left alone', async () => {
    const { core, caller, other, make, changes, close } = await start()
    const full = Array.from({ length: 10 }, (_, index) => `t${index}`)
    const [a, b] = [await make({ tags: ['old', 'keep'] }), await make({ tags: full })]
    const foreign = await createLink(core, other, { destination: 'https://example.com/' })
    const edit = { addTags: ['new'], removeTags: ['old'], folder: 'Box', enabled: false }
    const done = await editLinks(core, caller, [a.id, b.id, foreign.id, 999, a.id], edit)
    expect(done.changed).toMatchObject([{ tags: ['keep', 'new'], folder: 'Box', enabled: false }])
    expect(done.missing).toEqual([foreign.id, 999])
    expect(done.refused).toMatchObject([{ id: b.id, fault: { kind: 'input_invalid' } }])
    expect((await findLinkById(core, other, foreign.id)).link.folder).toBeNull()
    const gone = await deleteLinks(core, caller, [a.id, b.id, foreign.id])
    expect(gone.changed.map(({ id }) => id)).toEqual([a.id, b.id])
    expect(gone.missing).toEqual([foreign.id])
    expect(changes.filter(({ kind }) => kind === 'deleted')).toHaveLength(2)
    await close()
  })
})

test('a code is free, taken, reserved or illegal; words are no reason', async () => {
  const { core, caller, make, close } = await start()
  await make({ code: 'mine' })
  const verdicts = {
    mine: 'taken',
    Mine: 'free',
    ADMIN: 'reserved',
    'a b': 'illegal',
    '': 'illegal',
  }
  for (const [code, verdict] of Object.entries(verdicts))
    expect(await checkCode(core, caller, '', code)).toBe(verdict as 'free')
  expect(await checkCode(core, caller, '', 'fucking-hell')).toBe('free')
  expect((await make({ code: 'fucking-hell' })).code).toBe('fucking-hell')
  await close()
})
