import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import SwaggerParser from '@apidevtools/swagger-parser'
import { dialects } from '../../src/dialects'
import { createWorld, type World } from '../world'

type Operation = {
  operationId: string
  summary?: string
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>
  security: object[]
  parameters?: { in: string; name: string; required: boolean; schema: object }[]
  requestBody?: { content: { 'application/json': { schema: { properties: object } } } }
}
type Document = { openapi: string; paths: Record<string, Record<string, Operation>> }

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const read = async (path: string): Promise<Document> => {
  const answer = await world.send({ path })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toStartWith('application/json')
  return (await answer.json()) as Document
}

const operationsOf = ({ paths }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      operation,
      name: `${method.toUpperCase()} ${path}`,
    })),
  )

const names = dialects.map(({ dialect }) => dialect.name)

describe('the reference', () => {
  for (const path of ['/openapi.json', ...names.map((name) => `/docs/${name}.json`)])
    test(`${path} is a valid OpenAPI 3.1 document`, async () => {
      const document = await read(path)
      expect(document.openapi).toBe('3.1.0')
      // biome-ignore lint/suspicious/noExplicitAny: the parser's own type lags behind 3.1
      await SwaggerParser.validate(structuredClone(document) as any)
    })

  test('the whole one holds every route of every dialect once, and nothing else', async () => {
    const whole = operationsOf(await read('/openapi.json')).map(({ name }) => name)
    const single = []
    for (const name of names)
      single.push(...operationsOf(await read(`/docs/${name}.json`)).map((one) => one.name))
    expect(whole.toSorted()).toEqual(single.toSorted())
    expect(new Set(whole).size).toBe(whole.length)
    expect(whole).toContain('POST /api/shorten')
    expect(whole).toContain('PATCH /api/snug/v1/links/{id}')
    for (const path of whole) expect(path).not.toMatch(/\*|:/)
  })

  test('every operation has a summary, an answer, its refusals and who may ask', async () => {
    for (const { name, path, operation } of operationsOf(await read('/openapi.json'))) {
      expect(operation.summary, name).toBeString()
      const statuses = Object.keys(operation.responses)
      expect(
        statuses.some((status) => status.startsWith('2')),
        name,
      ).toBe(true)
      expect(statuses, name).toContain('500')
      if (operation.requestBody !== undefined) expect(statuses, name).toContain('413')
      expect(operation.security, name).toBeArray()
      for (const [, parameter] of path.matchAll(/\{(\w+)\}/g))
        expect(operation.parameters, name).toContainEqual(
          expect.objectContaining({ in: 'path', name: parameter, required: true }),
        )
    }
  })

  test('says what the documents say, in schemas without the framework’s own words', async () => {
    const text = JSON.stringify(await read('/openapi.json'))
    for (const word of ['"judgedAs"', '"fault":"destination"', '"format":"numeric"', '"$id"'])
      expect(text).not.toContain(word)
    const { paths } = await read('/docs/snug.json')
    const list = paths['/api/snug/v1/links']?.get
    expect(list?.parameters).toContainEqual(
      expect.objectContaining({
        name: 'limit',
        required: false,
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 25 },
      }),
    )
    const bulk = paths['/api/snug/v1/links/bulk']?.post?.requestBody?.content['application/json']
    expect(bulk?.schema.properties).toMatchObject({
      links: { type: 'array', maxItems: 1000, items: { required: ['destination'] } },
    })
    expect(paths['/api/snug/v1/domains/{id}/verify']?.post?.responses).toHaveProperty('409')
    expect(paths['/api/snug/v1/links']?.post?.responses['400']?.content).toHaveProperty([
      'application/problem+json',
    ])
  })

  test('is small on the wire, and not sent twice', async () => {
    const headers = { 'Accept-Encoding': 'gzip' }
    const answer = await world.send({ path: '/openapi.json', headers })
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect((await answer.bytes()).length).toBeLessThan(60_000)
    const again = { ...headers, 'If-None-Match': answer.headers.get('etag') ?? '' }
    expect((await world.send({ path: '/openapi.json', headers: again })).status).toBe(304)
  })

  test('its page is confined to its own files', async () => {
    const answer = await world.send({ path: '/docs' })
    expect(answer.status).toBe(200)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toStartWith("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    const html = await answer.text()
    expect(html).not.toMatch(/https?:\/\//)
    expect(html).toContain('<html lang="en">')
    for (const file of ['viewer.js', 'swagger-ui.js', 'swagger-ui.css'])
      expect((await world.send({ path: `/docs/${file}` })).status).toBe(200)
    for (const file of ['nothing.json', '__proto__', 'toString', '..%2f'])
      expect((await world.send({ path: `/docs/${file}` })).status).toBe(404)
  })
})
