import { expect, test } from 'bun:test'
import { createWorld, dawn } from '../world'
import { censusOf, exportOf, type FileLine, importInto } from './moved'

/** An export with an account, a link and a click; each line can be bent before it is read. */
const someLines = async (): Promise<Record<'head' | 'account' | 'link' | 'click', FileLine>> => {
  const world = await createWorld()
  const { key } = await world.person('ann')
  const body = { destination: 'https://example.com/', code: 'known' }
  await world.send({ path: '/api/snug/v1/links', headers: { 'X-API-Key': key }, body })
  await world.send({ path: '/known' })
  await world.app.clicks.drain()
  const [head, account, link, click] = exportOf(world)
  await world.close()
  if (!head || !account || !link || !click) throw new Error('the export is not whole')
  return { head, account, link, click }
}

const bad: Record<string, [Record<string, unknown>, says: string]> = {
  'a script as its destination': [{ destination: 'javascript:alert(1)' }, 'url_invalid'],
  'no URL as its destination': [{ destination: 'not a url' }, 'url_invalid'],
  'an empty destination': [{ destination: '' }, 'url_missing'],
  'a number as its destination': [{ destination: 7 }, 'url_invalid'],
  'user and password in its destination': [
    { destination: 'https://a:b@c.example/' },
    'url_invalid',
  ],
  'a line break in its destination': [{ destination: 'https://a.example/\nx' }, 'url_invalid'],
  'a destination without end': [
    { destination: `https://a.example/${'x'.repeat(2048)}` },
    'url_invalid',
  ],
  'a destination on our own host': [{ destination: 'http://localhost/x' }, 'url_invalid'],
  'a reserved code': [{ code: 'Admin' }, 'code_reserved'],
  'a code with a slash': [{ code: 'a/b' }, 'code_invalid'],
  'an empty code': [{ code: '' }, 'code_invalid'],
  'a code that is too long': [{ code: 'x'.repeat(51) }, 'code'],
  'a code that is a number': [{ code: 5 }, 'code'],
  'status 200': [{ redirectStatus: 200 }, 'redirectStatus'],
  'a status that is a text': [{ redirectStatus: '302' }, 'redirectStatus'],
  'a ceiling of nothing': [{ maxClicks: 0 }, 'maxClicks'],
  'half a ceiling': [{ maxClicks: 1.5 }, 'maxClicks'],
  'less than nothing spent': [{ spent: -1 }, 'spent'],
  'a day that does not exist': [{ startsAt: '2026-02-30T00:00:00.000Z' }, 'startsAt'],
  'a moment that is a number': [{ expiresAt: 1_760_000_000_000 }, 'expiresAt'],
  'an end before its start': [
    { startsAt: '2026-03-02T00:00:00.000Z', expiresAt: '2026-03-01T00:00:00.000Z' },
    'expiresAt',
  ],
  'no moment it was made': [{ createdAt: null }, 'createdAt'],
  'a title that is too long': [{ title: 'x'.repeat(201) }, 'title'],
  'a title that is a number': [{ title: 5 }, 'title'],
  'notes that are too long': [{ notes: 'x'.repeat(501) }, 'notes'],
  'eleven tags': [{ tags: [...'abcdefghijk'] }, 'tags'],
  'a tag with a space': [{ tags: ['a b'] }, 'tags'],
  'tags that are a text': [{ tags: 'a,b' }, 'tags'],
  'a flag that is a text': [{ enabled: 'yes' }, 'enabled'],
  'a password hash that is none': [{ passwordHash: 'secret' }, 'passwordHash'],
  'a campaign that is not in the file': [{ campaignId: 'a'.repeat(24) }, 'campaignId'],
  'a domain that is not in the file': [{ domainId: 'a'.repeat(24) }, 'domainId'],
  'an owner who is not in the file': [{ ownerId: 99 }, 'account 99'],
  'an owner who is a text': [{ ownerId: 'ann' }, 'ownerId'],
}

for (const [what, [change, says]] of Object.entries(bad))
  test(`a link with ${what} is refused with its line and why; others go on`, async () => {
    const { head, account, link, click } = await someLines()
    const away = await createWorld()
    const bent = { ...link, link: { ...link.link, id: 7, code: 'bent', ...change } }
    const itsClick = { ...click, click: { ...click.click, linkId: 7 } }
    const lines = [head, account, bent, itsClick, link, click]
    const { tally, said } = await importInto(away, lines)
    expect(tally).toEqual({ added: 1, known: 0, refused: 1 })
    expect(said).toEqual([expect.stringMatching(/^refused: line 3: /)])
    expect(said[0]).toContain(says)
    expect(censusOf(away)).toMatchObject({ account: 1, link: 1, click: 1 })
    await away.close()
  })

test('lines of other kinds are judged as well, and so is what is no line at all', async () => {
  const { head, account, link, click } = await someLines()
  const [key] = account.keys ?? []
  const other = { id: 50, email: 'bob@example.com', stableId: 'b'.repeat(32) }
  const bent: (FileLine | string)[] = [
    { ...account, account: { ...account.account, ...other, kind: 'wizard' } },
    { ...account, account: { ...account.account, ...other, kind: 'guest', role: 'admin' } },
    { ...account, account: { ...account.account, ...other, email: 7 } },
    { ...account, account: { ...account.account, ...other }, keys: [{ ...key, hash: 'short' }] },
    {
      ...account,
      account: { ...account.account, ...other },
      keys: [{ ...key, allowedIps: ['x'] }],
    },
    { type: 'campaign', campaign: { id: 'no id', accountId: 1, name: 'x', createdAt: 'today' } },
    {
      type: 'domain',
      domain: { id: 'a'.repeat(24), accountId: 1, host: 'no host', txtRecord: '' },
    },
    { type: 'link' },
    '{"type":"link","link":{"id":1,',
    { ...click, click: { ...click.click, at: 'now' } },
    { ...click, click: { ...click.click, country: null } },
    { ...click, click: { ...click.click, referrer: null } },
    { ...click, click: { ...click.click, visitor: '0x00' } },
  ]
  const away = await createWorld()
  const { tally, said } = await importInto(away, [
    head,
    account,
    link,
    ...bent,
    click,
    'null',
    '[]',
  ])
  expect(said).toHaveLength(bent.length)
  for (const [at, line] of said.entries())
    expect(line).toStartWith(`refused: line ${at + 4}: input_invalid: `)
  expect(tally).toEqual({ added: 1, known: 0, refused: bent.length })
  expect(censusOf(away)).toMatchObject({ account: 1, keys: 1, link: 1 })
  await away.close()
})

test('what ended, what was deleted and what an older version left out is taken as it is', async () => {
  const { head, account, link } = await someLines()
  const past = new Date(dawn - 86_400_000).toISOString()
  const { ownerId, createdAt, updatedAt } = link.link ?? {}
  const plain = { ownerId, createdAt, updatedAt, destination: 'https://example.com/' }
  const away = await createWorld()
  const { said } = await importInto(away, [
    head,
    account,
    { type: 'link', link: { ...plain, id: 2, code: 'ended', expiresAt: past } },
    { type: 'link', link: { ...plain, id: 3, code: 'gone', deletedAt: past } },
    { type: 'link', link: { ...plain, id: 4, code: 'Scunthorpe', colour: 'blue' } },
  ])
  expect(said).toEqual([])
  const statusOf = async (code: string) => (await away.send({ path: `/${code}` })).status
  expect(await Promise.all(['ended', 'gone', 'Scunthorpe'].map(statusOf))).toEqual([410, 410, 302])
  await away.close()
})

test('a refused click is left out as often as the file is read', async () => {
  const { head, account, link, click } = await someLines()
  const away = await createWorld()
  const lines = [head, account, link, { ...click, click: { ...click.click, os: 3 } }, click, click]
  for (let time = 0; time < 2; time++) {
    await importInto(away, lines)
    expect(censusOf(away)).toMatchObject({ click: 2 })
  }
  await away.close()
})
