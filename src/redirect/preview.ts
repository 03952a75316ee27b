import { type Clock, type Core, isOver } from '../core'
import { escapeHtml, page, showPage } from '../http'
import type { PeerOf, ProxyTrust } from '../net'
import { qrPng, qrSvg } from '../qr'
import type { Target } from './cache'
import type { Follower } from './follow'
import { noStore } from './outcomes'

type Needs = {
  core: Core
  client: ProxyTrust
  peerOf: PeerOf
  clock: Clock
  visits: Follower
}

/** A link's side door: the code, and what is wanted of it. */
const sideDoor = /^([A-Za-z0-9_-]{1,64})(\+|\.qr|\.qr\.png)$/

export type Preview = {
  code: string
  show: (request: Request, target: Target) => Response | Promise<Response>
}

/** What stands beside a link: its preview at `/{code}+`, its QR code at `/{code}.qr` and `.qr.png`. */
export const createPreviews = ({ core, client, peerOf, clock, visits }: Needs) => {
  /** Says where a link leads, but never of one that is locked or early. */
  const preview = (request: Request, target: Target) => {
    const state = visits.stateOf(target, clock.now())
    if (state === 'open')
      return showPage(previewPage(target.code, new URL(target.href).host), 200, noStore)
    if (state === 'locked') return showPage(previewPage(target.code, null), 200, noStore)
    return visits.refuse(request, state, target)
  }

  const shortUrl = (request: Request, target: Target) =>
    core.hosts.shortUrl(client.origin(request, peerOf(request) ?? ''), target)

  /** Draws the short URL itself; where it leads is in no code. */
  const qr =
    (type: string, draw: (text: string) => BodyInit | Promise<BodyInit>) =>
    async (request: Request, target: Target) => {
      const state = core.suspensions.gateOf(target, clock.now())
      if (state !== 'open' && isOver(state)) return visits.refuse(request, state, target)
      const headers = { ...noStore, 'Content-Type': type, ...confined }
      return new Response(await draw(shortUrl(request, target)), { headers })
    }

  const shows: Record<string, Preview['show']> = {
    '+': preview,
    '.qr': qr('image/svg+xml', qrSvg),
    '.qr.png': qr('image/png', qrPng),
  }

  /** What a path asks for beside a link; null when it names no link's side door. */
  return (path: string): Preview | null => {
    const [, code, suffix] = sideDoor.exec(path) ?? []
    const show = suffix === undefined ? undefined : shows[suffix]
    return code === undefined || show === undefined ? null : { code, show }
  }
}

/** An SVG opened by itself is a document: it may load and run nothing. */
const confined = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
}

const previewPage = (code: string, host: string | null) =>
  page({
    title: 'Where this link leads',
    body: `<main><h1>Where this link leads</h1>
<p>${host === null ? 'It asks for a password first.' : `It leads to <strong>${escapeHtml(host)}</strong>.`}</p>
<p><a href="./${code}" rel="nofollow">Continue</a></p></main>`,
  })
