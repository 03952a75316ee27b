import { Webhook as Signature } from 'standardwebhooks'
import type { Clicks } from '../clicks'
import {
  accountsWith,
  type Clock,
  type Core,
  type Link,
  type LinkChange,
  type Outgoing,
  type Webhook,
} from '../core'
import { createPost, type Outcome, type Resolve } from '../net'
import type { Store } from '../store'
import { createDispatch } from './dispatch'
import * as view from './view'

/** The setting that remembers, across restarts, up to when expired links were told of. */
const toldUntil = 'webhooks.expiredUntil'

type Needs = {
  core: Core
  store: Pick<Store, 'webhooks' | 'links' | 'settings'>
  clicks: Pick<Clicks, 'subscribe'>
  clock: Clock
  config: { webhookPrivate: boolean }
  failed: (error: unknown) => void
  /** how a test answers for the DNS */
  resolve?: Resolve
}

/** Webhooks at work: events in, signed requests out; both ends of a queue in the database. */
export const startWebhooks = ({ core, store, clicks, clock, config, failed, resolve }: Needs) => {
  const { webhooks } = core
  const stopping = new AbortController()
  const post = createPost({
    allowPrivate: config.webhookPrivate,
    stop: stopping.signal,
    ...(resolve && { resolve }),
  })

  /** events on their way into the queue */
  const noted = new Set<Promise<void>>()
  const note = (work: Promise<void>) => {
    const noting: Promise<void> = work.catch(failed).finally(() => noted.delete(noting))
    noted.add(noting)
  }

  core.onLinkChanged(({ kind, link }: LinkChange) => {
    note(webhooks.tell(`link.${kind}`, accountsWith('events', link), { link: view.link(link) }))
  })

  clicks.subscribe((stored) => {
    if (webhooks.interested('click').length > 0) note(tellClicks(stored))
  })

  async function tellClicks(stored: Parameters<Parameters<Clicks['subscribe']>[0]>[0]) {
    const interested = new Set<number | null>(webhooks.interested('click'))
    const links = new Map<number, Link | null>()
    for (const { linkId } of stored)
      if (!links.has(linkId)) links.set(linkId, (await store.links.counted(linkId))?.link ?? null)
    const told = new Map<number, object[]>()
    for (const click of stored) {
      const link = links.get(click.linkId)
      if (!link) continue
      for (const account of accountsWith('events', link)) {
        if (!interested.has(account)) continue
        const own = told.get(account) ?? []
        own.push(view.click(click, link))
        told.set(account, own)
      }
    }
    await Promise.all([...told].map(([account, clicks]) => webhooks.tellClicks(account, clicks)))
  }

  async function send({ url }: Webhook, { delivery, secret }: Outgoing): Promise<Outcome> {
    if (secret === null) return { status: null, problem: 'another instance made its secret' }
    const now = new Date(clock.now())
    const headers = {
      'Content-Type': 'application/json',
      'User-Agent': 'snug-webhooks',
      'webhook-id': delivery.id,
      'webhook-timestamp': `${Math.floor(now.getTime() / 1000)}`,
      'webhook-signature': new Signature(secret).sign(delivery.id, now, delivery.payload),
    }
    return post(url, headers, delivery.payload)
  }

  const deliver = createDispatch({ core, clock, send, stop: stopping.signal, failed })

  return {
    /** Ends what is under way: no slow address holds up the program's end. */
    close: () => stopping.abort(),

    /** Resolves when every event so far is in the queue. */
    async drain() {
      await Promise.all(noted)
    },

    /** Sends what is due, and what becomes due meanwhile, until nothing is under way. */
    deliver,

    /** Tells of links whose time has run out since it was last asked. */
    async tellExpired(): Promise<void> {
      const accounts = webhooks.interested('link.expired')
      const known = await store.settings.get(toldUntil)
      const until = clock.now()
      const after = typeof known === 'number' ? known : until
      if (accounts.length > 0 && until > after)
        for (const link of await store.webhooks.expired(accounts, new Date(after), new Date(until)))
          await webhooks.tell('link.expired', accountsWith('events', link), {
            link: view.link(link),
          })
      await store.settings.put(toldUntil, Math.max(after, until))
    },
  }
}
