import { expect, test } from 'bun:test'
import { connect } from '../../src/store/engine/connect'

test('clicks, totals of days and accounts, and visitor marks are clustered: WITHOUT ROWID', () => {
  const { sqlite } = connect(':memory:')
  for (const table of ['clicks', 'link_days', 'day_visitors', 'account_totals'])
    expect(() => sqlite.query(`SELECT rowid FROM ${table}`)).toThrow('no such column: rowid')
  expect(() => sqlite.query('SELECT rowid FROM links')).not.toThrow()
  sqlite.close()
})
