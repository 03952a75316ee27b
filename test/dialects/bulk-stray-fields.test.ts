import { expect, test } from 'bun:test'
import { createWorld } from '../world'

const stray = { stray: { deep: [1] }, id: 7, shortUrl: 'https://x.example/', __proto: null }

test.each([
  ['/api/links/bulk', 'originalUrl', 'customAlias'],
  ['/api/snug/v1/links/bulk', 'destination', 'code'],
])('%s ignores fields that it does not know, in its items too', async (path, url, code) => {
  const world = await createWorld()
  const { cookie } = await world.person('ann')
  const answer = await world.send({
    path,
    headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' },
    body: {
      ...stray,
      links: [
        { [url]: 'https://a.example/', ...stray },
        { [url]: 'https://b.example/', tags: 3, ...stray },
        { [url]: 'https://c.example/', [code]: 'mine-of-c', ...stray },
      ],
    },
  })
  expect(answer.status).toBe(201)
  const json = (await answer.json()) as Record<string, unknown>
  const { created, errors } = (json.data ?? json) as { created: object[]; errors: object[] }
  expect(errors).toMatchObject([{ index: 1 }])
  expect(created).toMatchObject([{ [url]: 'https://a.example/' }, { [url]: 'https://c.example/' }])
  expect(JSON.stringify(created)).toContain('mine-of-c')
  await world.close()
})
