import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import type { BetterAuthOptions, DBAdapter, Where } from 'better-auth/types'
import { type Clock, clockSlack, hashSecret } from '../core'
import type { Store } from '../store'
import { labelOf } from './label'

type Row = Record<string, unknown>

/** What providers hand out and nobody needs once somebody is signed in: never stored. */
const unneeded = [
  'accessToken',
  'refreshToken',
  'idToken',
  'scope',
  'accessTokenExpiresAt',
  'refreshTokenExpiresAt',
]

/**
 * The library's Drizzle adapter on our tables, with these differences: of session tokens only the SHA-256
 * reaches the database, of addresses nothing, of user agents a label, of providers' tokens nothing;
 * proofs that a wrong clock dated in the future are not found; and another process's lock is waited for before
 * a write, not in it.
 */
export const signInAdapter =
  ({ db, tables, writable }: Store['signIn'], clock: Clock) =>
  (options: BetterAuthOptions): DBAdapter => {
    const adapter = drizzleAdapter(db, { provider: 'sqlite', schema: tables })(options)
    return guarded(patient(adapter as DBAdapter, writable), clock)
  }

const patient = (inner: DBAdapter, writable: () => Promise<void>): DBAdapter => {
  const waits = <R, A>(work: (request: R) => Promise<A>) => {
    return async (request: R) => {
      await writable()
      return work(request)
    }
  }
  return {
    ...inner,
    create: waits(inner.create) as DBAdapter['create'],
    update: waits(inner.update) as DBAdapter['update'],
    updateMany: waits(inner.updateMany),
    delete: waits(inner.delete),
    deleteMany: waits(inner.deleteMany),
    consumeOne: waits(inner.consumeOne) as DBAdapter['consumeOne'],
    incrementOne: waits(inner.incrementOne) as DBAdapter['incrementOne'],
  }
}

const guarded = (inner: DBAdapter, clock: Clock): DBAdapter => {
  const outer: DBAdapter = {
    ...inner,
    async create<T extends Row, R = T>(request: Parameters<DBAdapter['create']>[0]) {
      const data = toStore(request.model, request.data)
      const row = (await inner.create({ ...request, data })) as Row
      return withToken(request.model, row, request.data.token) as R
    },
    async findOne<T>(request: Parameters<DBAdapter['findOne']>[0]) {
      const row = await inner.findOne<Row>(hashed(request))
      return withToken(request.model, row, tokenOf(request.where)) as T | null
    },
    findMany: (request) => inner.findMany(upToNow(hashed(request), clock)),
    count: (request) => inner.count(hashed(request)),
    async update<T>(request: Parameters<DBAdapter['update']>[0]) {
      const update = toStore(request.model, request.update)
      const row = await inner.update<Row>({ ...hashed(request), update })
      return withToken(request.model, row, tokenOf(request.where)) as T | null
    },
    updateMany: (request) =>
      inner.updateMany({ ...hashed(request), update: toStore(request.model, request.update) }),
    delete: (request) => inner.delete(hashed(request)),
    deleteMany: (request) => inner.deleteMany(hashed(request)),
    // statement by statement: what it hands on must never be the inner one, which knows no hashes
    transaction: (work) => work(outer),
  }
  return outer
}

/** A row as it may be stored. */
const toStore = (model: string, data: Row): Row => {
  if (model === 'account') return without(data, unneeded)
  if (model !== 'session') return data
  const { token, userAgent, ...rest } = without(data, ['ipAddress'])
  return {
    ...rest,
    ...(typeof token === 'string' ? { token: hashSecret(token) } : {}),
    ...(userAgent === undefined ? {} : { userAgent: labelOf(userAgent) }),
  }
}

const without = (data: Row, names: readonly string[]): Row =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)))

type Request = { model: string; where?: Where[] | undefined }

/** The same request, to which no proof of the future counts: a clock that was wrong gave it too much time. */
const upToNow = <R extends Request>(request: R, clock: Clock): R => {
  if (request.model !== 'verification') return request
  const value = new Date(clock.now() + clockSlack)
  const made: Where = { field: 'createdAt', operator: 'lte', value, connector: 'AND' }
  return { ...request, where: [...(request.where ?? []), made] }
}

/** The same request, asking for the hashes of the tokens it names. */
const hashed = <R extends Request>(request: R): R => {
  if (request.model !== 'session' || request.where === undefined) return request
  const where = request.where.map((one) =>
    one.field === 'token' ? { ...one, value: hashOf(one.value) } : one,
  )
  return { ...request, where }
}

const hashOf = (value: Where['value']) =>
  Array.isArray(value) ? value.map((one) => hashSecret(String(one))) : hashSecret(String(value))

const tokenOf = (where: readonly Where[]) => where.find(({ field }) => field === 'token')?.value

/** The library goes on with the token it gave or asked for, never with what is stored of it. */
const withToken = <T extends Row | null>(model: string, row: T, token: unknown): T =>
  model === 'session' && row !== null && typeof token === 'string' ? { ...row, token } : row
