import { expect } from 'bun:test'
import { createWorld, type Person, type Send, toRequest, type World } from './world'

/** What earlier answers of a scenario gave, for later requests. */
export type Saved = Record<string, string>

export type Expected = {
  status: number
  /** the JSON body, whole; asymmetric matchers allowed */
  json?: unknown
  /** text the body must hold */
  holds?: string[]
  /** text the body and headers must not hold */
  hides?: string[]
  headers?: Record<string, string | null>
}

export type Step = {
  send: Send | ((saved: Saved) => Send)
  expect: Expected | ((saved: Saved) => Expected)
  /** how often the request is sent, expecting the same; once when unset */
  times?: number
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON it expects
  save?: (answer: { json: any; headers: Headers }) => Saved
}

/** One sentence of a document, as requests and their answers. */
export type Scenario = {
  says: string
  /**
   * people with an account, by name; steps find `annKey`, `annCookie` and `annId` of `ann`. Their
   * addresses are like ann@example.com.
   */
  people?: Record<string, Person>
  /** environment variables the program starts with */
  with?: Record<string, string>
  /** ms that pass before each step, by its index; such scenarios run in-process only */
  pass?: Record<number, number>
  steps: Step[]
}

/** Somewhere to send requests to: a world in this process, or a running binary. */
export type Target = {
  send: (send: Send) => Promise<Response>
  /** makes everything clicked so far visible */
  settle: () => Promise<void>
  pass: (ms: number) => void
  /** how long reading may be repeated until what was expected is answered, in ms; 0: not at all */
  patience: number
  /** makes somebody's account */
  person: (name: string, person: Person) => Promise<{ id: number; key: string; cookie: string }>
}

/** Runs a scenario in a fresh world of its own. */
export const runInProcess = async (scenario: Scenario) => {
  const world = await createWorld(scenario.with)
  try {
    await playIn(world, scenario)
  } finally {
    await world.close()
  }
}

/** Runs a scenario in a world that was started as it asks. */
export const playIn = async (world: World, scenario: Scenario) => {
  const settle = () => world.app.clicks.drain()
  const person = async (name: string, wanted: Person) => {
    const { account, ...rest } = await world.person(name, wanted)
    return { id: account.id, ...rest }
  }
  await play(scenario, { send: world.send, settle, pass: world.pass, patience: 0, person })
}

/** Runs a scenario against a server; each one as if from an address of its own. */
export const runAt = (
  scenario: Scenario,
  origin: string,
  { address, person }: { address: string; person: Target['person'] },
) =>
  play(scenario, {
    person,
    send: (send) => {
      const request = toRequest(origin, send)
      if (!request.headers.has('x-forwarded-for')) request.headers.set('x-forwarded-for', address)
      return fetch(request)
    },
    settle: () => Bun.sleep(0),
    patience: 10_000, // clicks are counted within that
    pass: () => {
      throw new Error('time cannot pass in a running server')
    },
  })

const play = async ({ steps, people = {}, pass = {} }: Scenario, target: Target) => {
  let saved: Saved = {}
  for (const [name, wanted] of Object.entries(people)) {
    const { id, key, cookie } = await target.person(name, wanted)
    saved = { ...saved, [`${name}Id`]: `${id}`, [`${name}Key`]: key, [`${name}Cookie`]: cookie }
  }
  for (const [index, step] of steps.entries()) {
    if (pass[index] !== undefined) target.pass(pass[index])
    const send = typeof step.send === 'function' ? step.send(saved) : step.send
    try {
      const expected = typeof step.expect === 'function' ? step.expect(saved) : step.expect
      for (let time = 1; time < (step.times ?? 1); time++) await judged(target, send, expected)
      saved = { ...saved, ...(await judged(target, send, expected, step.save)) }
    } catch (error) {
      throw namingStep(error, `step ${index + 1}, ${send.method ?? methodOf(send)} ${send.path}`)
    }
  }
}

const methodOf = ({ body }: Send) => (body === undefined ? 'GET' : 'POST')

/** The same error, whose message begins with the step that failed. */
const namingStep = (error: unknown, step: string): Error => {
  const named = error instanceof Error ? error : new Error(String(error))
  named.message = `${step}: ${named.message}`
  return named
}

/** Sends until the answer is as expected: only reading is repeated, as long as the target's patience lasts. */
const judged = async (
  target: Target,
  send: Send,
  expected: Expected,
  save?: Step['save'],
): Promise<Saved> => {
  await target.settle()
  const until = performance.now() + target.patience
  for (;;) {
    const answer = await target.send(send)
    const text = await answer.text()
    try {
      compare(answer, text, expected)
      return save?.({ json: text === '' ? {} : JSON.parse(text), headers: answer.headers }) ?? {}
    } catch (error) {
      const isReading = send.path.startsWith('/api/') && (send.method ?? 'GET') === 'GET'
      const repeatable = isReading && send.body === undefined && answer.status === expected.status
      if (!repeatable || performance.now() >= until) throw error
      await Bun.sleep(100)
    }
  }
}

const compare = (
  answer: Response,
  text: string,
  { status, json, holds, hides, headers }: Expected,
) => {
  expect({ status: answer.status, text: answer.status === status ? '' : text }).toEqual({
    status,
    text: '',
  })
  if (json !== undefined) expect(JSON.parse(text)).toEqual(json)
  for (const part of holds ?? []) expect(text).toContain(part)
  const all = text + JSON.stringify([...answer.headers])
  for (const part of hides ?? []) expect(all).not.toContain(part)
  for (const [name, value] of Object.entries(headers ?? {})) {
    expect({ [name]: answer.headers.get(name) }).toEqual({ [name]: value })
  }
}
