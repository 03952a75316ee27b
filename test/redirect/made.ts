import { createLink, type Draft, type Link } from '../../src/core'
import { callerOf } from '../callers'
import { createWorld, type World } from '../world'

/** Where every link of these tests leads; nothing but a redirect may ever say so. */
export const secretPlace = 'https://secret.example/innermost/place?of=theirs'

/** A world with somebody in it who makes links. */
export const createMaker = async (
  env: Record<string, string> = {},
  real: Parameters<typeof createWorld>[1] = {},
) => {
  const world = await createWorld(env, real)
  const { account } = await world.person('ann')
  const caller = callerOf(account, 'http://snug.example')
  const make = (draft: Partial<Draft> = {}): Promise<Link> =>
    createLink(world.app.core, caller, { destination: secretPlace, ...draft })
  return { ...world, caller, account, make }
}

export type Maker = Awaited<ReturnType<typeof createMaker>>

/** Adds a host of the maker's that counts as a domain of its own; answers its id. */
export const verifiedDomain = async ({ store, app, account, now }: Maker, host: string) => {
  const id = new Bun.CryptoHasher('sha256').update(host).digest('hex').slice(0, 24)
  const createdAt = new Date(now())
  await store.domains.insert({
    id,
    accountId: account.id,
    host,
    txtRecord: 't',
    verified: false,
    createdAt,
  })
  await store.domains.verify(id, host)
  await app.core.hosts.refresh()
  return id
}

type Typed = { headers?: Record<string, string>; query?: string }

/** Sends the form of a link with a password. */
export const typePassword = (
  { send }: Pick<World, 'send'>,
  code: string,
  password: string,
  { headers = {}, query = '' }: Typed = {},
) =>
  send({
    path: `/${code}${query}`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams({ password }).toString(),
  })

/** Everything an answer says, headers included. */
export const whole = async (answer: Response) =>
  `${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`
