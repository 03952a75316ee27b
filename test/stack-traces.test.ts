import { afterEach, beforeEach, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createWorld, type Send, type World } from './world'

const root = join(import.meta.dir, '..')

let world: World
beforeEach(async () => {
  world = await createWorld()
})
afterEach(() => world.close())

type Frame = { name: string; file: string }

/** The frames of ours in a stack, the innermost first. */
const framesOf = (stack: string): Frame[] =>
  [...stack.matchAll(/^ +at (?:async )?(\S+) \((.+?):\d+:\d+\)$/gm)].flatMap(
    ([, name = '', path = '']) =>
      path.startsWith(join(root, 'src/')) ? [{ name, file: path.slice(root.length + 1) }] : [],
  )

/** Notes the stack of whoever asks the store for anything, from here on. */
const watch = () => {
  const seen: { verb: string; frames: Frame[] }[] = []
  const note = (verb: string) =>
    seen.push({ verb, frames: framesOf(new Error('a look at the stack').stack ?? '') })
  const wrap = (nouns: Record<string, unknown>, noun: string) => {
    const given = nouns[noun]
    if (typeof given === 'function')
      nouns[noun] = (...args: unknown[]) => {
        note(noun)
        return given(...args)
      }
    else if (typeof given === 'object' && given !== null)
      for (const verb of Object.keys(given)) wrap(given as Record<string, unknown>, verb)
  }
  const store = world.store as unknown as Record<string, unknown>
  for (const noun of ['links', 'campaigns', 'ask']) wrap(store, noun)
  return seen
}

const limit = Error.stackTraceLimit
beforeEach(() => {
  Error.stackTraceLimit = 50
})
afterEach(() => {
  Error.stackTraceLimit = limit
})

const requests: [string, string, (key: string, id: number) => Send][] = [
  [
    'a link made by the v1 API',
    'insert',
    (key) => ({
      path: '/api/v1/shorten',
      headers: { Authorization: `Bearer ${key}` },
      body: { url: 'https://example.com/' },
    }),
  ],
  ['a redirect that no cache knows', 'byCode', () => ({ path: '/nowhere' })],
  [
    'statistics asked for by the shorten API',
    'ask',
    (key) => ({ path: `/api/dashboard?key=${key}` }),
  ],
  [
    'an edit by our own API',
    'change',
    (key, id) => ({
      method: 'PATCH',
      path: `/api/snug/v1/links/${id}`,
      headers: { 'X-API-Key': key },
      body: { title: 'Spring' },
    }),
  ],
]

/** A key, and the id of a link of its account. */
const start = async () => {
  const { key } = await world.person('ann')
  const made = await world.send({
    path: '/api/snug/v1/links',
    headers: { 'X-API-Key': key },
    body: { destination: 'https://example.com/' },
  })
  return { key, id: ((await made.json()) as { id: number }).id }
}

test.each(requests)('every frame of ours has a name in the stack of %s', async (_, verb, ask) => {
  const { key, id } = await start()
  const seen = watch()
  expect((await world.send(ask(key, id))).status).toBeLessThan(500)
  expect(seen.map((one) => one.verb)).toContain(verb)
  const nameless = seen.flatMap(({ verb, frames }) =>
    frames.filter(({ name }) => name === '<anonymous>').map(({ file }) => `${verb}: ${file}`),
  )
  expect(nameless).toEqual([])
  expect(seen.flatMap(({ frames }) => frames).length).toBeGreaterThan(1)
})

test('the request that the tour walks goes through the files it names, in their order', async () => {
  const { key, id } = await start()
  const seen = watch()
  const [[, , ask]] = requests as [(typeof requests)[number]]
  await world.send(ask(key, id))
  const insert = seen.find(({ verb }) => verb === 'insert')
  const files = [...new Set(insert?.frames.map(({ file }) => file))].toReversed()
  const tour = /## One request, line by line[\s\S]*?(?=\n## )/.exec(
    readFileSync(join(root, 'src/README.md'), 'utf8'),
  )?.[0]
  const named = [...(tour?.matchAll(/`(src\/[\w./-]+\.ts)`/g) ?? [])].map(([, file = '']) => file)
  expect(files.length).toBeGreaterThan(2)
  expect(named.filter((file) => files.includes(file))).toEqual(files)
})
