import type { SessionOf } from '../src/api'
import { createApp } from '../src/app'
import { readConfig } from '../src/config'
import type { Account, Hashing, Session } from '../src/core'
import { hashSecret, maskSecret } from '../src/core/keys/keys'
import { createLog } from '../src/log'
import { openStore } from '../src/store'

/** A fresh program per test: memory store, settable clock, seeded chance, no network. */
export type World = Awaited<ReturnType<typeof createWorld>>

export type Send = {
  method?: string
  path: string
  headers?: Record<string, string>
  /** sent as JSON, unless it is a string, which is sent as it is */
  body?: unknown
}

/** Somebody with an account, made before a scenario begins. */
export type Person = { plan?: string; role?: 'admin' | 'member' }

/** The moment at which every world begins. */
export const dawn = Date.parse('2026-03-10T12:00:00.000Z')

/** How a world differs: with `signIn`, cookies are those of `/api/auth`, and time begins now. */
type Real = {
  signIn?: boolean
  peer?: string
  isUnsafe?: (href: string) => Promise<boolean>
  hashing?: Hashing
  /** the database's file; in memory without */
  file?: string
}

export const createWorld = async (env: Record<string, string> = {}, real: Real = {}) => {
  const records = new Map<string, string>()
  const time = { wall: real.signIn ? Date.now() : dawn, monotonic: 0 }
  const store = openStore(real.file ?? ':memory:')
  const lines: string[] = []
  const signedIn = new Map<string, { account: Account; session: Session }>()
  const sessionOf: SessionOf = async ({ headers }) => {
    const found = signedIn.get(headers.get('cookie') ?? '')
    const account = found && (await store.accounts.byId(found.account.id))
    return found && account ? { account, session: found.session } : null
  }
  const given = {
    config: configOf({ SNUG_TRUSTED_PROXIES: 'loopback', ...env }),
    store,
    clock: { now: () => time.wall, monotonic: () => time.monotonic },
    random: seededRandom(1),
    secret: 'the secret of a test',
    log: recordingLog(lines),
    peerOf: () => real.peer ?? '127.0.0.1',
    ...(real.signIn ? {} : { sessionOf }),
    resolveTxt: async (name: string) => [records.get(name) ?? []].flat(),
    ...(real.isUnsafe ? { isUnsafe: real.isUnsafe } : {}),
    ...(real.hashing ? { hashing: real.hashing } : {}),
  }
  const app = await createApp(given)
  return {
    app,
    /** What the program was made of; another one can be started on it. */
    given,
    context: app.context,
    sessionOf,
    now: () => time.wall,
    store,
    lines,
    /** TXT records of the DNS that this world asks, by name. */
    records,
    /** Makes an account with a key, signed in; answers both, and the cookie. */
    person: async (name: string, { plan = 'enterprise', role = 'member' }: Person = {}) => {
      const now = new Date(time.wall)
      const account = await store.accounts.insert({
        kind: 'user',
        role,
        plan,
        email: `${name}@example.com`,
        displayName: name,
        createdAt: now,
        updatedAt: now,
      })
      const key = `sk_${new Bun.CryptoHasher('sha256').update(name).digest('hex')}`
      await store.keys.insert({
        accountId: account.id,
        kind: 'api',
        hash: hashSecret(key),
        mask: maskSecret(key),
        createdAt: now,
      })
      const cookie = `session=${name}`
      signedIn.set(cookie, { account, session: { id: name } })
      return { account, key, cookie }
    },
    /** Lets time pass, on both clocks. */
    pass: (ms: number) => {
      time.wall += ms
      time.monotonic += ms
    },
    send: async (send: Send) => app.server.handle(toRequest('http://localhost', send)),
    close: () => app.close(),
  }
}

/** The request a `Send` describes. */
export const toRequest = (origin: string, { method, path, headers, body }: Send): Request => {
  const json = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  return new Request(origin + path, {
    method: method ?? (json === undefined ? 'GET' : 'POST'),
    headers: { ...(json === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(json === undefined ? {} : { body: json }),
    redirect: 'manual',
  })
}

export const configOf = (env: Record<string, string>) => {
  const { config, problems } = readConfig(env, () => '')
  if (config === null) throw new Error(problems.join('\n'))
  return config
}

/** Chance that repeats itself (mulberry32). */
export const seededRandom = (seed: number) => {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) & 255
  }
  return (bytes: number) => Uint8Array.from({ length: bytes }, next)
}

const recordingLog = (lines: string[]) =>
  createLog((_, message, properties) => {
    lines.push(`${message} ${Bun.inspect(properties)}`)
  })
