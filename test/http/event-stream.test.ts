import { afterAll, beforeAll, expect, test } from 'bun:test'
import { eventStream, type SendEvent } from '../../src/api/event-stream'
import { createWorld, type World } from '../world'

let world: World
let origin = ''
let annKey = ''
let code = ''

beforeAll(async () => {
  world = await createWorld()
  world.app.server.listen({ port: 0, hostname: '127.0.0.1' })
  origin = `http://127.0.0.1:${world.app.server.server?.port}`
  annKey = (await world.person('ann')).key
  const made = await world.send({
    path: '/api/snug/v1/links',
    headers: { 'X-API-Key': annKey },
    body: { destination: 'https://example.com/', title: 'Line\nbreak' },
  })
  code = ((await made.json()) as { code: string }).code
})
afterAll(async () => {
  await world.app.server.stop(true)
  await world.close()
})

const listen = (key: string, signal?: AbortSignal) =>
  fetch(`${origin}/api/snug/v1/events`, {
    headers: { 'X-API-Key': key },
    ...(signal === undefined ? {} : { signal }),
  })

const click = async () => {
  await world.send({ path: `/${code}` })
  await world.app.clicks.drain()
}

/** Reads until a text has come. */
const until = async (
  reader: { read: () => Promise<{ value?: Uint8Array | undefined; done: boolean }> },
  text: string,
) => {
  let read = ''
  while (!read.includes(text)) {
    const { value, done } = await reader.read()
    if (done) throw new Error(`ended after ${read}`)
    read += new TextDecoder().decode(value)
  }
  return read
}

test('clicks arrive as they are stored, without an address or a line break that ends them', async () => {
  const answer = await listen(annKey)
  expect(answer.headers.get('content-type')).toStartWith('text/event-stream')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const reader = answer.body?.getReader()
  if (reader === undefined) throw new Error('no body')
  await until(reader, 'listening')
  await click()
  const event = await until(reader, '}\n\n')
  expect(event).toStartWith('event: click\ndata: {')
  const data = JSON.parse(event.split('data: ')[1] ?? '')
  expect(data).toMatchObject({ code, title: 'Line\nbreak', country: 'XX', bot: null })
  expect(event).not.toContain('127.0.0.1')
  await reader.cancel()
})

test('a client that leaves is forgotten: an account has ten places, again and again', async () => {
  for (let round = 0; round < 3; round++) {
    const leaving = new AbortController()
    const streams = await Promise.all(
      Array.from({ length: 10 }, () => listen(annKey, leaving.signal)),
    )
    expect(streams.map(({ status }) => status)).toEqual(Array(10).fill(200))
    const refused = await listen(annKey)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    leaving.abort()
    for (let tries = 0; tries < 100; tries++) {
      const again = await listen(annKey)
      await again.body?.cancel()
      if (again.status === 200) break
      expect(tries).toBeLessThan(99)
      await Bun.sleep(20)
    }
  }
})

test('a client that does not read misses events instead of filling the memory', async () => {
  let send: SendEvent = () => {}
  let stopped = 0
  const request = new Request('http://localhost/')
  const answer = eventStream(world.context, request, (given) => {
    send = given
    return () => {
      stopped++
    }
  })
  for (let event = 0; event < 10_000; event++) send('click', 'x'.repeat(100))
  const reader = answer.body?.getReader()
  for (let bytes = 0; bytes < 64 * 1024; ) bytes += (await reader?.read())?.value?.length ?? 0
  send('click', 'after')
  const next = new TextDecoder().decode((await reader?.read())?.value)
  expect(next).toContain('"after"')
  await reader?.cancel()
  expect(stopped).toBe(1)
})

test('strangers hear nothing, and the program ends the streams when it stops', async () => {
  expect((await fetch(`${origin}/api/snug/v1/events`)).status).toBe(401)
  const answer = await listen((await world.person('bob')).key)
  const reader = answer.body?.getReader()
  if (reader === undefined) throw new Error('no body')
  await until(reader, 'listening')
  world.app.hangUp()
  expect((await reader.read()).done).toBe(true)
})
