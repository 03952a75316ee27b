import { expect, test } from 'bun:test'
import { type DialectContext, download } from '../../src/api'

const asked = (method: string) => ({
  request: new Request('http://localhost/file', { method }),
  route: '/file',
})

const setUp = () => {
  const seen = { made: 0, ended: false, unhurried: 0, surprises: [] as unknown[] }
  const context = {
    disableTimeout: () => {
      seen.unhurried++
    },
    reportError: (error: unknown) => seen.surprises.push(error),
  } as unknown as DialectContext
  const pieces = async function* (count: number) {
    try {
      for (; seen.made < count; seen.made++) yield new TextEncoder().encode(`${seen.made},`)
    } finally {
      seen.ended = true
    }
  }
  const send = (method: string, made = pieces(5)) =>
    download(context, asked(method), {
      name: 'numbers.csv',
      mime: 'text/csv',
      pieces: made,
    })
  return { seen, pieces, send }
}

test('a file is sent under its name, and may take its time', async () => {
  const { seen, send } = setUp()
  const answer = send('GET')
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="numbers.csv"')
  expect(answer.headers.get('content-type')).toBe('text/csv')
  expect(seen).toMatchObject({ made: 0, unhurried: 1 })
  expect(await answer.text()).toBe('0,1,2,3,4,')
})

test('HEAD makes nothing', async () => {
  const { seen, send } = setUp()
  const answer = send('HEAD')
  expect(answer.headers.get('content-type')).toBe('text/csv')
  expect(await answer.text()).toBe('')
  expect(seen).toMatchObject({ made: 0, unhurried: 0 })
})

test('a client that leaves ends the making', async () => {
  const { seen, pieces, send } = setUp()
  const reader = send('GET', pieces(1_000_000)).body?.getReader()
  await reader?.read()
  await reader?.read()
  await reader?.cancel()
  expect(seen.ended).toBe(true)
  expect(seen.made).toBeLessThan(5)
})

test('an error on the way cuts the connection and is told to the operator', async () => {
  const { seen, send } = setUp()
  const failing = async function* () {
    yield new Uint8Array(1)
    throw new Error('the disk is gone')
  }
  await expect(send('GET', failing()).arrayBuffer()).rejects.toThrow('the disk is gone')
  expect(seen.surprises).toHaveLength(1)
})
