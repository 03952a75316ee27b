import { expect, test } from 'bun:test'
import { runInProcess, type Step } from './scenario'

const ok: Step = { send: { path: '/health' }, expect: { status: 200 } }

const messageOf = async (...steps: Step[]) => {
  const failed = await runInProcess({ says: 'what is not so', steps }).catch(
    (error: Error) => error,
  )
  return failed?.message ?? 'nothing failed'
}

test('a wrong body shows what differs, and the step’s request', async () => {
  const message = await messageOf(ok, {
    send: { path: '/api/snug/v1/session' },
    expect: { status: 200, json: { account: 'nobody of this name' } },
  })
  expect(message).toStartWith('step 2, GET /api/snug/v1/session: ')
  expect(message).toContain('nobody of this name')
})

test('a wrong status shows what was answered', async () => {
  const message = await messageOf({
    send: { path: '/api/shorten', body: { url: 'nothing' } },
    expect: { status: 201 },
  })
  expect(message).toStartWith('step 1, POST /api/shorten: ')
  expect(message).toContain('400')
})

test('what an answer does not hold is told with the step, too', async () => {
  const message = await messageOf({
    ...ok,
    save: ({ json }) => ({ code: json.no.such.field }),
  })
  expect(message).toStartWith('step 1, GET /health: ')
})

test('in this process nothing is asked again: everything is counted before', async () => {
  let asked = 0
  const message = await messageOf({
    send: { path: '/api/snug/v1/session' },
    expect: { status: 200 },
    save: () => {
      asked++
      throw new Error('once')
    },
  })
  expect([message, asked]).toEqual(['step 1, GET /api/snug/v1/session: once', 1])
})
