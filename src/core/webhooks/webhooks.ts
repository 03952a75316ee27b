import type { Account, Store, Webhook, WebhookPatch } from '../../store'
import type { Suspensions } from '../accounts/suspensions'
import type { Clock } from '../clock'
import { Fault } from '../fault'
import { ceilings } from '../limits/ceilings'
import type { Random } from '../links/code'
import { parseDestination } from '../links/destination'
import { refuse } from '../links/draft'
import { createListeners } from '../listeners'
import type { Sealer } from '../secret'
import type { Deliveries } from './deliveries'

export type { Outgoing } from './deliveries'

/** What a webhook can be told of; clicks come in batches. */
export const webhookEvents = [
  'link.created',
  'link.updated',
  'link.deleted',
  'link.expired',
  'click',
] as const

export type WebhookEvent = (typeof webhookEvents)[number]

/** What is asked of a new webhook. */
export type WebhookDraft = { url: string; events: readonly string[]; enabled?: boolean }

type Needs = {
  store: Store
  clock: Clock
  random: Random
  sealer: Sealer
  messages: Deliveries
  suspensions: Pick<Suspensions, 'has'>
}

/** Webhooks: who is told of what, kept by heart. */
export async function createWebhooks({ store, clock, random, sealer, ...given }: Needs) {
  const { messages, suspensions } = given

  /** all that are switched on, by heart: most changes interest nobody, and must cost nothing then */
  let listening: Webhook[] = []
  let byId = new Map<number, Webhook>()
  const changes = createListeners<void>()
  async function refresh() {
    listening = (await store.webhooks.all()).filter(({ enabled }) => enabled)
    byId = new Map(listening.map((webhook) => [webhook.id, webhook]))
    changes.tell()
  }
  await refresh()

  /** Webhooks that are told of an event; those of suspended accounts are told of none. */
  const wanting = (event: WebhookEvent) =>
    listening.filter(
      ({ accountId, events }) => events.includes(event) && !suspensions.has(accountId),
    )

  async function own(account: Account, id: number): Promise<Webhook> {
    const found = (await store.webhooks.all(account.id)).find((webhook) => webhook.id === id)
    if (found === undefined) throw new Fault('record_missing', { field: 'webhook' })
    return found
  }

  return {
    /** An account's webhooks, oldest first. */
    all: (account: Account) => store.webhooks.all(account.id),

    /** One of them. Fault: `record_missing`. */
    own,

    /** Makes one; answers it with its signing secret, which is never shown again. Fault: `input_invalid`. */
    async create(account: Account, draft: WebhookDraft) {
      const { url, events } = readPatch(draft)
      if ((await store.webhooks.all(account.id)).length >= ceilings.webhooks.max)
        refuse('url', `an account can have ${ceilings.webhooks.max} webhooks`)
      const secret = `whsec_${Buffer.from(random(24)).toString('base64')}`
      const webhook = await store.webhooks.insert({
        accountId: account.id,
        url: url ?? '',
        events: events ?? [],
        sealedSecret: sealer.seal(secret),
        enabled: draft.enabled ?? true,
        droppedClicks: 0,
        createdAt: new Date(clock.now()),
      })
      await refresh()
      return { webhook, secret }
    },

    /** Changes one. Faults: `record_missing`, `input_invalid`. */
    async patch(account: Account, id: number, patch: Partial<WebhookDraft>): Promise<Webhook> {
      await own(account, id)
      const changed = await store.webhooks.patch(account.id, id, readPatch(patch))
      await refresh()
      if (changed === null) throw new Fault('record_missing', { field: 'webhook' })
      return changed
    },

    /** Deletes one with its log. Fault: `record_missing`. */
    async remove(account: Account, id: number): Promise<void> {
      const removed = await store.webhooks.remove(account.id, id)
      await refresh()
      if (!removed) throw new Fault('record_missing', { field: 'webhook' })
    },

    /** A page of a webhook's deliveries, newest first. Fault: `record_missing`. */
    async deliveries(account: Account, id: number, page: { page: number; limit: number }) {
      await own(account, id)
      const offset = (page.page - 1) * page.limit
      return store.deliveries.page(id, { offset, limit: page.limit })
    },

    /** Puts a message in the queue that says only that it is a test. Fault: `record_missing`. */
    async test(account: Account, id: number) {
      return messages.enqueue([await own(account, id)], 'test', {})
    },

    /** A webhook that is sent messages; null when it is switched off, gone, or its account suspended. */
    sendable: (id: number): Webhook | null => {
      const webhook = byId.get(id)
      return webhook === undefined || suspensions.has(webhook.accountId) ? null : webhook
    },

    /** Calls back whenever a webhook was made, changed or deleted. */
    onChanged: changes.add,

    /** The accounts that want to know of an event. */
    interested: (event: WebhookEvent): number[] => [
      ...new Set(wanting(event).map(({ accountId }) => accountId)),
    ],

    /** Puts an event in the queue of all webhooks of some accounts that want it. */
    async tell(event: WebhookEvent, accounts: readonly (number | null)[], data: unknown) {
      const wanted = wanting(event).filter(({ accountId }) => accounts.includes(accountId))
      if (wanted.length > 0) await messages.enqueue(wanted, event, data)
    },

    /** Puts clicks in the queue of an account's webhooks that want them. */
    tellClicks: (accountId: number, clicks: readonly object[]) =>
      messages.enqueueClicks(
        wanting('click').filter((webhook) => webhook.accountId === accountId),
        clicks,
      ),
  }
}

const readPatch = ({ url, events, enabled }: Partial<WebhookDraft>): WebhookPatch => ({
  ...(url === undefined ? {} : { url: readUrl(url) }),
  ...(events === undefined ? {} : { events: readEvents(events) }),
  ...(enabled === undefined ? {} : { enabled }),
})

const readUrl = (url: string) => {
  try {
    return parseDestination(url).href
  } catch {
    return refuse('url', 'must be a complete http:// or https:// address')
  }
}

const readEvents = (events: readonly string[]) => {
  const known: readonly string[] = webhookEvents
  if (events.length === 0 || events.some((event) => !known.includes(event)))
    refuse('events', `must be some of ${webhookEvents.join(', ')}`)
  return [...new Set(events)]
}
