import {
  type Core,
  Fault,
  forgetTrustedDevice,
  listTrustedDevices,
  type SessionRow,
  type TrustedDevice,
} from '../core'
import type { Store } from '../store'
import type { SignInRequest } from './forward'
import { trustedIdentifierOf } from './proofs'
import { missing, signedOut } from './refusal'
import type { SignedIn } from './remote-user'

type Needs = { core: Core; store: Pick<Store, 'trustedDevices'> }

/** What answers each endpoint about one's own devices; the library would hand out tokens here. */
const endpoints: Record<
  string,
  (needs: Needs, mine: SignedIn, visit: SignInRequest) => Promise<unknown>
> = {
  '/list-sessions': listOwnSessions,
  '/revoke-session': endOwnSession,
  '/revoke-other-sessions': endOtherSessions,
  '/list-trusted-devices': listOwnDevices,
  '/forget-trusted-device': forgetOwnDevice,
}

/** Answers the endpoints about where an account is signed in and trusted; null for every other one. */
export async function answerAboutDevices(
  needs: Needs,
  visit: SignInRequest,
  mine: SignedIn | null,
): Promise<Response | null> {
  const endpoint = endpoints[visit.path]
  if (endpoint === undefined) return null
  if (mine === null) return signedOut()
  try {
    return Response.json((await endpoint(needs, mine, visit)) ?? { status: true })
  } catch (error) {
    if (error instanceof Fault && error.kind === 'record_missing') return missing()
    throw error
  }
}

async function listOwnSessions({ core }: Needs, { account, session }: SignedIn) {
  const own = Number(session.id)
  return (await core.sessions.all(account)).map((one) => shownSession(one, own))
}

async function endOwnSession({ core }: Needs, { account }: SignedIn, { body }: SignInRequest) {
  await core.sessions.remove(account, idOf(body))
}

async function endOtherSessions({ core }: Needs, { account, session }: SignedIn) {
  await core.sessions.removeOthers(account, Number(session.id))
}

async function listOwnDevices({ core, store }: Needs, { account }: SignedIn, visit: SignInRequest) {
  const own = trustedIdentifierOf(visit.request.headers, visit.origin)
  const devices = await listTrustedDevices({ store, clock: core.clock }, account)
  return devices.map((device) => shownDevice(device, own))
}

async function forgetOwnDevice(
  { core, store }: Needs,
  { account }: SignedIn,
  { body }: SignInRequest,
) {
  await forgetTrustedDevice({ store, clock: core.clock }, account, idOf(body))
}

/** The id that a body names, in the form it was listed in; no row has 0. */
const idOf = ({ id }: Record<string, unknown>) =>
  typeof id === 'number' && Number.isSafeInteger(id) ? id : 0

const shownSession = ({ id, label, createdAt, updatedAt, expiresAt }: SessionRow, own: number) => ({
  id,
  label,
  current: id === own,
  createdAt,
  seenAt: updatedAt,
  expiresAt,
})

const shownDevice = (
  { id, label, identifier, createdAt, expiresAt }: TrustedDevice,
  own: string,
) => ({
  id,
  label,
  current: identifier === own,
  createdAt,
  expiresAt,
})
