import { bounds } from '../../bounds'
import type { Account, Campaign, Domain, GuestSession, Key, Link } from '../../store'
import { refuse } from './draft'

/** What a field of an import must be, and what stands in for it where an older export has none. */
type Shape = { holds: (value: unknown) => boolean; must: string; otherwise?: unknown }

type Shapes = Record<string, Shape>

const anything: Shape = { holds: (value) => value !== undefined, must: 'must be there' }

const text = (most: number): Shape => ({
  holds: (value) => typeof value === 'string' && value.length <= most,
  must: `must be a text of at most ${most} characters`,
})

const matching = (pattern: RegExp, must: string): Shape => ({
  holds: (value) => typeof value === 'string' && pattern.test(value),
  must,
})

const oneOf = (...words: string[]): Shape => ({
  holds: (value) => words.includes(value as string),
  must: `must be one of ${words.join(', ')}`,
})

const whole = (least: number): Shape => ({
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= least,
  must: `must be a whole number from ${least} on`,
})

const instant: Shape = {
  holds: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  must: 'must be an ISO date and time',
}

const texts: Shape = {
  holds: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  must: 'must be a list of texts',
  otherwise: [],
}

const flag = (otherwise: boolean): Shape => ({
  holds: (value) => typeof value === 'boolean',
  must: 'must be true or false',
  otherwise,
})

const or = (otherwise: unknown, shape: Shape): Shape => ({ ...shape, otherwise })

const orNull = ({ holds, must }: Shape): Shape => ({
  holds: (value) => value === null || holds(value),
  must: `${must}, or null`,
  otherwise: null,
})

const id = whole(1)
const recordId = matching(/^[0-9a-f]{24}$/, 'must be 24 hexadecimal digits')
const sha256 = matching(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')

/** Only hashes that can be checked at all: another one would fail each time somebody types a password. */
const passwordHash = matching(
  /^(\$argon2(id|i|d)\$v=19\$m=\d{1,6},t=\d{1,3},p=\d{1,2}\$[\w+/.-]{1,200}\$[\w+/.-]{1,200}|\$2[aby]\$[01]\d\$[\w./]{53})$/,
  'must be an argon2 or bcrypt hash',
)

/** Fields of the lines of an export, every column of their tables. */
export const shapes = {
  account: {
    id,
    stableId: orNull(matching(/^[0-9a-f]{32}$/, 'must be 32 hexadecimal digits')),
    kind: oneOf('user', 'customer', 'guest', 'former'),
    role: or('member', oneOf('admin', 'member')),
    email: orNull(matching(/^[^\s@]{1,64}@[^\s@A-Z]{1,253}$/, 'must be an email address')),
    emailVerified: flag(false),
    displayName: or('', text(200)),
    image: orNull(text(2048)),
    plan: text(100),
    planExpiresAt: orNull(instant),
    suspended: flag(false),
    linksStay: flag(false),
    twoFactorEnabled: flag(false),
    createdAt: instant,
    updatedAt: instant,
  } satisfies Record<keyof Account, Shape>,

  key: {
    id: or(0, whole(0)),
    accountId: or(0, whole(0)),
    kind: oneOf('api', 'personal', 'customer'),
    hash: sha256,
    mask: text(200),
    name: or('', text(200)),
    active: flag(true),
    allowedIps: texts,
    expiresAt: orNull(instant),
    requestsCount: or(0, whole(0)),
    lastUsedAt: orNull(instant),
    createdAt: instant,
  } satisfies Record<keyof Omit<Key, 'sealed'>, Shape>,

  guestSession: {
    id: matching(/^[0-9A-Za-z_-]{8,64}$/, 'must be an id'),
    accountId: or(0, whole(0)),
    hash: sha256,
    createdAt: instant,
    seenAt: instant,
  } satisfies Record<keyof GuestSession, Shape>,

  campaign: {
    id: recordId,
    accountId: id,
    name: text(100),
    createdAt: instant,
  } satisfies Record<keyof Campaign, Shape>,

  domain: {
    id: recordId,
    accountId: id,
    host: text(253),
    txtRecord: text(200),
    verified: flag(false),
    createdAt: instant,
  } satisfies Record<keyof Domain, Shape>,

  link: {
    id,
    domainId: or('', text(24)),
    code: text(bounds.code),
    destination: anything,
    ownerId: id,
    anonymous: flag(false),
    boundTo: orNull(id),
    title: orNull(text(bounds.title)),
    passwordHash: orNull(passwordHash),
    startsAt: orNull(instant),
    expiresAt: orNull(instant),
    maxClicks: orNull(whole(1)),
    spent: or(0, whole(0)),
    redirectStatus: orNull(whole(1)),
    forwardQuery: flag(false),
    enabled: flag(true),
    publicStats: flag(false),
    tags: texts,
    folder: orNull(text(bounds.folder)),
    notes: orNull(text(bounds.notes)),
    campaignId: orNull(recordId),
    guestSessionId: orNull(text(64)),
    createdAt: instant,
    updatedAt: instant,
    deletedAt: orNull(instant),
  } satisfies Record<keyof Link, Shape>,
}

/**
 * The columns of a row as they may be stored; what is none of them is left out. Fault: `input_invalid`
 * with the first field that is not what it must be.
 */
export const readRow = <Row>(columns: Shapes, value: unknown): Row => {
  if (typeof value !== 'object' || value === null) return refuse('line', 'must hold an object')
  const given = value as Record<string, unknown>
  const row: Record<string, unknown> = {}
  for (const [name, shape] of Object.entries(columns)) {
    const present = Object.hasOwn(given, name) && given[name] !== undefined
    if (!present && !('otherwise' in shape)) refuse(name, shape.must)
    if (present && !shape.holds(given[name])) refuse(name, shape.must)
    row[name] = present ? given[name] : shape.otherwise
  }
  return row as Row
}
