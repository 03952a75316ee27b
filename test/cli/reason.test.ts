import { expect, test } from 'bun:test'
import { reason } from '../../src/cli/with-data-folder'
import { Fault } from '../../src/core'

const key = `sk_${'a1'.repeat(20)}`

test.each([
  [
    'the words of the operator’s own file stay',
    new Error('--columns: there is no column My "own" column'),
    '--columns: there is no column My "own" column',
  ],
  [
    'keys and credentials go, and what an address asks',
    new Error(`line 3: "${key}" at https://ann:secret@example.com/a/b?token=1 can’t be read`),
    'line 3: "sk_…" at https://…@example.com/a/b?… can’t be read',
  ],
  [
    'values of statements go',
    new Error('Failed query: insert into "links"\nparams: https://example.com/secret'),
    'Failed query: insert into "links"',
  ],
  [
    'a fault says its kind, field and reason',
    new Fault('input_invalid', { field: 'code', reason: 'is too long' }),
    'input_invalid: code: is too long',
  ],
  ['what is no error says nothing', 'text', 'unknown'],
])('why a command failed: %s', (_, error, said) => {
  expect(reason(error)).toBe(said)
})
