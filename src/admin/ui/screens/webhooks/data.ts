import { queryOptions } from '@tanstack/react-query'
import { api, ask, type Data } from '../../api'
import { queryClient } from '../../queries'

/** A webhook, as our API shows it. */
export type Webhook = Data<typeof api.webhooks.get>['data'][number]

/** What a webhook can be told of. */
export const events = {
  'link.created': 'A link is made',
  'link.updated': 'A link is changed',
  'link.deleted': 'A link is deleted',
  'link.expired': 'A link expires',
  click: 'A link is followed',
} as const

/** The account's webhooks. */
export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: () => ask(api.webhooks.get({ query: {} })),
})

/** Forgets what was read of webhooks, after one has changed. */
export const webhooksChanged = () => queryClient.invalidateQueries({ queryKey: ['webhooks'] })
