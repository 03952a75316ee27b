import { expect, test } from 'bun:test'
import { readDay, readInstant } from '../../src/core'

const noDay = [
  '2027-02-29',
  '2027-02-30',
  '2026-04-31',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '2100-02-29',
  '2026-1-1',
  '20260101',
  '2026-01',
  '2026',
  ' 2026-01-01',
  '2026-01-01 ',
  '',
  '+002026-01-01',
  '２０２６-01-01',
  'tomorrow',
  '0',
  '1767225600000',
  'Jan 1 2026',
]

test('a day is one that a calendar has', () => {
  expect(readDay('2028-02-29')?.toISOString()).toBe('2028-02-29T00:00:00.000Z')
  expect(readDay('0001-01-01')?.toISOString()).toBe('0001-01-01T00:00:00.000Z')
  for (const text of [...noDay, '2026-01-01T00:00:00Z']) expect(readDay(text)).toBeNull()
})

test('an instant is in UTC unless it names a zone', () => {
  const read = (text: string) => readInstant(text)?.toISOString()
  expect(read('2026-01-01')).toBe('2026-01-01T00:00:00.000Z')
  expect(read('2026-01-01T10:00')).toBe('2026-01-01T10:00:00.000Z')
  expect(read('2026-01-01T10:00:00.25')).toBe('2026-01-01T10:00:00.250Z')
  expect(read('2026-01-01T10:00:00Z')).toBe('2026-01-01T10:00:00.000Z')
  for (const zone of ['+05:30', '+0530'])
    expect(read(`2026-01-01T00:00${zone}`)).toBe('2025-12-31T18:30:00.000Z')
})

test('an instant of no calendar or clock is none', () => {
  for (const day of noDay) {
    expect(readInstant(day)).toBeNull()
    expect(readInstant(`${day}T10:00:00Z`)).toBeNull()
  }
  for (const time of ['25:00', '10:60', '10:00:60', '10', '10:00Z+01:00', '10:00+99:99', '10:00 '])
    expect(readInstant(`2026-01-01T${time}`)).toBeNull()
})
