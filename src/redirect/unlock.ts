import { type Clock, type Core, networkOf, plainHost } from '../core'
import { readText } from '../http'
import type { PeerOf, ProxyTrust } from '../net'
import { createAttempts } from './attempts'
import type { Target } from './cache'
import type { Follower } from './follow'
import type { Respond } from './outcomes'

type Needs = {
  core: Core
  client: ProxyTrust
  peerOf: PeerOf
  clock: Clock
  say: Respond
  visits: Follower
}

/** Largest form, in bytes: the longest password in its longest spelling, and some room. */
const largestForm = 4096

/** `POST /{code}`: the password from the form, tried, and the way to the destination if it is right. */
export const unlock = ({ core, client, peerOf, clock, say, visits }: Needs) => {
  const attempt = createAttempts({ buckets: core.buckets, passwords: core.passwords, clock })

  return async (request: Request, target: Target, started: number): Promise<Response> => {
    const state = core.suspensions.gateOf(target, clock.now())
    // the password was taken away while somebody typed it: they follow the link as it is now
    if (state === 'open') return visits.followForm(request, target, started)
    if (target.passwordHash === null || state !== 'locked')
      return visits.refuse(request, state, target)
    const peer = peerOf(request) ?? ''
    const hosts = [new URL(client.origin(request, peer)).host, client.host(request, peer)]
    if (isForeign(request, hosts)) return say(request, 'foreign')
    const password = await readPassword(request)
    if (password === null) return say(request, 'unreadable')
    const address = client.address(peer, request.headers.get('x-forwarded-for'))
    const { id: linkId, passwordHash: hash } = target
    const verdict = await attempt({ linkId, hash, network: networkOf(address), password })
    if (verdict === 'right') return visits.admit(request, target, started)
    if (verdict === 'wrong') return say(request, 'wrong')
    const isBusy = 'busy' in verdict
    const seconds = isBusy ? verdict.busy : Math.max(1, Math.ceil(verdict.wait / 1000))
    return say(request, isBusy ? 'busy' : 'throttled', seconds)
  }
}

/** Whether another site's page sent the form; programs other than browsers say nothing, and may. */
const isForeign = ({ headers }: Request, hosts: readonly string[]): boolean => {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site !== 'same-origin' && site !== 'none'
  const from = headers.get('origin')
  if (from === null || from === 'null') return false
  const sender = plainHost(URL.parse(from)?.host ?? '')
  const ours = [...hosts, headers.get('host')]
  return sender === null || !ours.some((host) => plainHost(host ?? '') === sender)
}

/** The password of a plain form; null when the body is none, or too large. */
async function readPassword(request: Request): Promise<string | null> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return null
  const text = await readText(request, largestForm)
  return text === null ? null : new URLSearchParams(text).get('password')
}
