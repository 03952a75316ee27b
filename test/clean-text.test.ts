import { describe, expect, test } from 'bun:test'
import { DrizzleQueryError } from 'drizzle-orm'
import { cleanError, cleanText, cleanValue } from '../src/clean-text'

describe('a text without its secrets:', () => {
  test.each([
    ['smtps://ann:hush@mail.example:465', 'smtps://…@mail.example:465'],
    ['https://ann@x.example/a/b?token=hush#hush', 'https://…@x.example/a/b?…'],
    ['see https://x.example/a?hush, then', 'see https://x.example/a?… then'],
    ['postgres://a:hush@db/x and s3://bucket/prefix', 'postgres://…@db/x and s3://bucket/prefix'],
    ['/api/dashboard?key=hush&link=hush', '/api/dashboard?key=…&link=…'],
    [`key sk_${'ab12'.repeat(16)} is`, 'key sk_… is'],
    ['a7k_0123456789abcdef', 'a7k_…'],
    ['whsec_aHVzaA+/aHVzaA==', 'whsec_…'],
    ['Authorization: Bearer hush-hush-hush', 'Authorization: Bearer …'],
    ['insert into links\nparams: hush,https://hush.example', 'insert into links'],
    ['sk_1a2b3c4d_wxyz', 'sk_1a2b3c4d_wxyz'],
    ['/var/lib/snug/data: no space left', '/var/lib/snug/data: no space left'],
  ])('%p is %p', (text, clean) => {
    expect(cleanText(text)).toBe(clean)
  })
})

test('an error is told by name, code, message and places, with its causes, and without what it quotes', () => {
  const cause = Object.assign(new Error('"https://hush" cannot be parsed as a URL'), { code: 'EX' })
  const error = new DrizzleQueryError('select "id" from "keys" where "hash" = ?', ['hush'], cause)
  const told = cleanError(Object.assign(error, { path: 'https://hush.example/', hush: 1 }))
  expect(told).toStartWith('Error: Failed query: select "id" from "keys" where "hash" = ?\n    at ')
  expect(told).toContain('caused by Error EX: "…" cannot be parsed as a URL')
  expect(told).not.toContain('hush')
  expect(cleanError(new Error('from https://x.example/hush/hush'))).toStartWith(
    'Error: from https://x.example/…',
  )
})

test('causes that go round end', () => {
  const error = new Error('round')
  error.cause = error
  expect(cleanError(error).match(/round/g)).toHaveLength(4)
})

test('properties of a log line: texts and errors are cleaned, of other objects nothing is told', () => {
  const { stack } = new Error('x')
  expect(stack).toBeString()
  expect(cleanValue(3)).toBe(3)
  expect(cleanValue(null)).toBeNull()
  expect(cleanValue(['/a?key=hush', { hush: 1 }])).toEqual(['/a?key=…', '{…}'])
  expect(String(cleanValue(new Error('"hush"')))).not.toContain('hush')
})
