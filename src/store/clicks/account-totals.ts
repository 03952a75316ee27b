import type { Database } from 'bun:sqlite'

/**
 * Keeps `account_totals` true, and forgets what was counted of links that are gone, whichever part of
 * the program makes, moves or deletes links. These triggers are temporary ones of each connection that
 * writes, because lasting ones would be lost, or refuse, when a migration rebuilds a table.
 */
export const keepAccountTotals = (sqlite: Database) => {
  for (const trigger of triggers) sqlite.run(trigger)
}

/** Everything that is counted of a link, in the order it must be deleted. */
export const clickTables = ['day_visitors', 'clicks', 'link_days', 'link_totals'] as const

/** The rows of one link in such a table; `day_visitors` is found by the days that have clicks. */
export const ofOneLink = (table: (typeof clickTables)[number], id: string) =>
  table === 'day_visitors'
    ? `link_id = ${id} AND day IN (SELECT day FROM link_days WHERE link_id = ${id})`
    : `link_id = ${id}`

/** When an account was clicked last, looked up: the value of an `account_totals.last_at_ms` that is null. */
export const lastClickOfAccount = `coalesce((
  SELECT max(t.last_at_ms) FROM link_totals AS t JOIN links AS l ON l.id = t.link_id
  WHERE account_totals.account_id = 0 OR l.deleted_at IS NULL AND CASE account_totals.bound
    WHEN 0 THEN l.owner_id = account_totals.account_id
    ELSE l.bound_to = account_totals.account_id AND l.bound_to <> l.owner_id END), 0)`

type Row = 'OLD' | 'NEW'

/** Which account counts a link: its maker, or (bound) the account that bound somebody else's. */
const counted = (row: Row | 'l', bound: 0 | 1) =>
  `${row}.deleted_at IS NULL${bound ? ` AND ${row}.bound_to <> ${row}.owner_id` : ''}`
const accountOf = (row: Row | 'l', bound: 0 | 1) => `${row}.${bound ? 'bound_to' : 'owner_id'}`

const columns = 'account_id, bound, links, clicks, bots, visitors, redirect_us, last_at_ms'

const totalsOf = (row: Row) =>
  `SELECT coalesce(sum(clicks), 0) AS n, coalesce(sum(bots), 0) AS b, coalesce(sum(visitors), 0) AS v,
    coalesce(sum(redirect_us), 0) AS us, coalesce(max(last_at_ms), 0) AS at
    FROM link_totals WHERE link_id = ${row}.id`

/** The unknown `last_at_ms` (null) stays unknown: `max` of null is null. */
const add = (bound: 0 | 1) => `
  INSERT INTO account_totals (${columns})
    SELECT ${accountOf('NEW', bound)}, ${bound}, 1, t.n, t.b, t.v, t.us, t.at
    FROM (${totalsOf('NEW')}) AS t WHERE ${counted('NEW', bound)}
    ON CONFLICT DO UPDATE SET links = links + 1, clicks = clicks + excluded.clicks,
      bots = bots + excluded.bots, visitors = visitors + excluded.visitors,
      redirect_us = redirect_us + excluded.redirect_us,
      last_at_ms = max(last_at_ms, excluded.last_at_ms);`

/** A link leaves the account that counted it. */
const take = (bound: 0 | 1) => `
  UPDATE account_totals SET links = links - 1, clicks = clicks - t.n, bots = bots - t.b,
      visitors = visitors - t.v, redirect_us = redirect_us - t.us,
      last_at_ms = CASE WHEN t.at > 0 AND t.at >= last_at_ms THEN NULL ELSE last_at_ms END
    FROM (${totalsOf('OLD')}) AS t
    WHERE account_id = ${accountOf('OLD', bound)} AND bound = ${bound} AND ${counted('OLD', bound)};`

/** A link's totals are gone; its row is still there. */
const subtract = (account: string, bound: 0 | 1) => `
  UPDATE account_totals SET clicks = clicks - OLD.clicks, bots = bots - OLD.bots,
      visitors = visitors - OLD.visitors, redirect_us = redirect_us - OLD.redirect_us,
      last_at_ms = CASE WHEN OLD.last_at_ms >= last_at_ms THEN NULL ELSE last_at_ms END
    WHERE account_id = ${account} AND bound = ${bound};`

const ofLink = (bound: 0 | 1) =>
  `(SELECT ${accountOf('l', bound)} FROM links AS l WHERE l.id = OLD.link_id AND ${counted('l', bound)})`

const triggers = [
  `CREATE TEMP TRIGGER link_made AFTER INSERT ON main.links BEGIN
    ${add(0)} ${add(1)}
    INSERT INTO account_totals (${columns}) VALUES (0, 0, 1, 0, 0, 0, 0, 0)
      ON CONFLICT DO UPDATE SET links = links + 1;
  END`,
  `CREATE TEMP TRIGGER link_moved AFTER UPDATE OF owner_id, bound_to, deleted_at ON main.links BEGIN
    ${take(0)} ${take(1)} ${add(0)} ${add(1)}
  END`,
  `CREATE TEMP TRIGGER totals_gone AFTER DELETE ON main.link_totals BEGIN
    ${subtract(ofLink(0), 0)} ${subtract(ofLink(1), 1)} ${subtract('0', 0)}
  END`,
  `CREATE TEMP TRIGGER link_gone BEFORE DELETE ON main.links BEGIN
    ${clickTables.map((table) => `DELETE FROM ${table} WHERE ${ofOneLink(table, 'OLD.id')};`).join(' ')}
    ${take(0)} ${take(1)}
    UPDATE account_totals SET links = links - 1 WHERE account_id = 0 AND bound = 0;
  END`,
]
