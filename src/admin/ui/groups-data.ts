import { queryOptions } from '@tanstack/react-query'
import { api, ask, type Data } from './api'

/** The caller's campaigns. */
export const campaignsQuery = queryOptions({
  queryKey: ['campaigns'],
  queryFn: async () => (await ask(api.campaigns.get({ query: { page: 1, limit: 100 } }))).data,
})
export type Campaign = Data<typeof api.campaigns.get>['data'][number]

/** The caller's domains, verified or not. */
export const domainsQuery = queryOptions({
  queryKey: ['domains'],
  queryFn: async () => (await ask(api.domains.get({ query: { page: 1, limit: 100 } }))).data,
})
export type Domain = Data<typeof api.domains.get>['data'][number]
