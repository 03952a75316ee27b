import { expect, test } from 'bun:test'
import { createWorld, type Send } from '../world'

const url = 'https://example.com/'

/** Every way of asking for a code of one's own. */
const ways = (code: string, key: string): Record<string, Send> => {
  const headers = { 'X-API-Key': key }
  return {
    urls: { path: '/api/urls/create', headers, body: { url, shortCode: code } },
    shortlinks: { path: '/api/shortlinks', headers, body: { url, slug: code } },
    'shortlinks as a guest': { path: '/api/shortlinks', body: { url, slug: code } },
    links: { path: '/api/links', headers, body: { originalUrl: url, customAlias: code } },
    'links as a guest': {
      path: '/api/links/guest',
      body: { originalUrl: url, customAlias: code },
    },
    snug: { path: '/api/snug/v1/links', headers, body: { destination: url, code } },
  }
}

test('a code that is asked for at once in every dialect, by several callers, is had by one', async () => {
  const world = await createWorld()
  const keys = [(await world.person('ann')).key, (await world.person('bob')).key]
  for (const code of ['wanted-1', 'wanted-2', 'wanted-3']) {
    const asked = keys.flatMap((key) => Object.entries(ways(code, key)))
    const answers = await Promise.all(
      asked.map(async ([way, send]) => ({ way, status: (await world.send(send)).status })),
    )
    const made = answers.filter(({ status }) => status < 300)
    const taken = answers.filter(({ status }) => status === 409)
    expect({ code, made: made.length, taken: taken.length, answers }).toMatchObject({
      made: 1,
      taken: asked.length - 1,
    })
    expect((await world.send({ path: `/${code}` })).headers.get('location')).toBe(url)
  }
  await world.close()
})

test('every way gets its code when nobody else asks', async () => {
  const world = await createWorld()
  const { key } = await world.person('ann')
  for (const [index, way] of Object.keys(ways('', '')).entries()) {
    const code = `mine-${index}`
    const answer = await world.send(ways(code, key)[way] ?? { path: '' })
    expect({ way, made: answer.ok && (await answer.text()).includes(code) }).toEqual({
      way,
      made: true,
    })
  }
  await world.close()
})
