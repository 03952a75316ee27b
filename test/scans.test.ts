import { Database } from 'bun:sqlite'
import { afterAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import type { Store } from '../src/store'
import { readMigrations } from '../src/store/engine/migrations'
import { allScenarios } from './dialects/all'
import { temporaryFolder } from './program'
import { playIn } from './scenario'
import { createWorld, type World } from './world'

/**
 * Nothing on the thread of the redirects reads a whole table: every statement that the serving connection
 * prepares while all scenarios and jobs run is asked how it would be carried out.
 */
const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

/** Tables that grow with what people do. */
const large = ['links', 'accounts', 'clicks', 'keys', 'guest_sessions', 'link_totals', 'link_days']

/** Indexes that hold a few rows of such a table, whatever it grows to. */
const few = ['accounts_suspended', 'accounts_admins', 'accounts_former']

/** Statements that run once, before the server listens. */
const migrations = new Set(readMigrations().flatMap(({ sql }) => sql))

/** Nouns whose verbs commands beside the server call, or another thread, or that ask the database nothing. */
const elsewhere = ['transfer', 'upkeep', 'clicks', 'unstored']

const statements = new Set<string>()
const called = new Set<string>()

/** Notes what is prepared on connections of this thread; reading threads have their own. */
const listen = () => {
  const { prototype } = Database
  const names = ['prepare', 'query', 'run'] as const
  const own = Object.fromEntries(names.map((name) => [name, prototype[name]]))
  for (const name of names)
    prototype[name] = function (this: Database, ...given: [string]) {
      statements.add(given[0])
      return (own[name] as (...given: [string]) => never).apply(this, given)
    } as never
  return () => Object.assign(prototype, own)
}

/** Notes which verbs of a store are called. */
const watch = ({ store }: World) => {
  for (const [noun, verbs] of Object.entries(store as unknown as Record<string, object>)) {
    if (typeof verbs !== 'object') continue
    for (const [verb, work] of Object.entries(verbs)) {
      if (typeof work !== 'function') continue
      Object.assign(verbs, {
        [verb]: (...given: unknown[]) => {
          called.add(`${noun}.${verb}`)
          return work(...given)
        },
      })
    }
  }
}

const verbsOf = (store: object) =>
  Object.entries(store).flatMap(([noun, verbs]) =>
    typeof verbs === 'object' && !elsewhere.includes(noun)
      ? Object.keys(verbs)
          .filter((verb) => typeof verbs[verb as keyof typeof verbs] === 'function')
          .map((verb) => `${noun}.${verb}`)
      : [],
  )

const at = new Date(0)
const row = {
  id: 'x',
  webhookId: 1,
  event: 'click',
  payload: '',
  nextAt: at,
  createdAt: at,
} as const

/** Verbs that no scenario leads to: of signing in, mostly, which scenarios have other ways for. */
const rest: ((store: Store) => Promise<unknown>)[] = [
  ({ accounts }) => accounts.byEmail('x'),
  ({ accounts }) => accounts.dropSecondFactor(1),
  ({ accounts }) =>
    accounts.insertFirstAdmin(
      { kind: 'user', plan: 'pro', email: 'x', createdAt: at, updatedAt: at },
      '',
    ),
  ({ deliveries }) => deliveries.enqueueClicks(row, () => null, { most: 1, kept: () => false }),
  ({ deliveries }) => deliveries.waiting('x'),
  ({ domains }) => domains.rename('x', 'a.example', ''),
  ({ guests }) => guests.move(1, 2, 0, at),
  ({ guests }) => guests.see('x', at),
  ({ passwords }) => passwords.findPassword({ email: 'x' }),
  ({ passwords }) => passwords.findPassword({ accountId: 1 }),
  ({ plans }) => plans.seed([]),
  ({ proofs }) => proofs.writeAndForget(at),
  ({ remoteUsers }) => remoteUsers.findRemoteUser('x'),
  ({ remoteUsers }) => remoteUsers.bindRemoteUser(1, 'x', at),
  ({ remoteUsers }) => remoteUsers.claimAccount(1, at),
  ({ secondFactors }) => secondFactors.hasAny(1),
  ({ secondFactors }) => secondFactors.takeStep(1, 1, 1),
  ({ sessions }) => sessions.all(1, at, at),
  ({ sessions }) => sessions.byToken('x'),
  ({ sessions }) => sessions.remove(1, 1),
  ({ sessions }) => sessions.removeOthers(1, 1),
  ({ sessions }) => sessions.see(1, at),
  ({ signIn }) => signIn.writable(),
  ({ trustedDevices }) => trustedDevices.forgetTrustedDevice(1, 1),
  ({ trustedDevices }) => trustedDevices.listTrustedDevices(1, at),
  ({ webhooks }) => webhooks.expired([1], at, at),
]

let count = 0
const start = async (env?: Record<string, string>) => {
  const world = await createWorld(env, { file: join(folder.path, `${count++}.db`) })
  watch(world)
  return world
}

let all: string[] = []

test('every scenario, every job and every other verb runs', async () => {
  const stop = listen()
  for (const scenario of Object.values(allScenarios).flat()) {
    const world = await start(scenario.with)
    await playIn(world, scenario)
    for (const job of world.app.jobs) await job.run()
    all = verbsOf(world.store)
    await world.close()
  }
  const world = await start()
  const webhook = { url: 'https://a.example/', events: ['click'] as ['click'], sealedSecret: '' }
  const { account } = await world.person('ann')
  await world.store.webhooks.insert({ ...webhook, accountId: account.id, createdAt: at } as never)
  for (const call of rest) await call(world.store)
  await world.close()
  stop()
  expect(statements.size).toBeGreaterThan(150)
}, 240_000)

test('no verb of the store is left out', () => {
  const left = all.filter((verb) => !called.has(verb))
  expect(left.toSorted()).toEqual(['keys.named']) // by `snug key revoke` alone, which may search
})

test('no statement scans a table that grows', () => {
  const db = new Database(join(folder.path, '0.db'))
  const scans: string[] = []
  for (const sql of statements) {
    if (!/^\s*(select|with|insert|update|delete)/i.test(sql) || migrations.has(sql)) continue
    const plan = db.query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${sql}`).all()
    for (const { detail } of plan) {
      const [, table = '', index = ''] =
        /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(detail) ?? []
      if (large.includes(table) && !few.includes(index)) scans.push(`${detail}: ${sql}`)
    }
  }
  db.close()
  expect(scans).toEqual([])
})

test('no statistics of a small database teach the planner to scan', () => {
  const db = new Database(join(folder.path, '0.db'))
  expect(db.query("SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_stat%'").all()).toEqual(
    [],
  )
  db.close()
})
