import { queryOptions } from '@tanstack/react-query'
import { allRows, api, ask, type Data } from './api'

/** The caller's campaigns. */
export const campaignsQuery = queryOptions({
  queryKey: ['campaigns'],
  queryFn: () => allRows((query) => ask(api.campaigns.get({ query }))),
})
export type Campaign = Data<typeof api.campaigns.get>['data'][number]

/** The caller's domains, verified or not. */
export const domainsQuery = queryOptions({
  queryKey: ['domains'],
  queryFn: () => allRows((query) => ask(api.domains.get({ query }))),
})
export type Domain = Data<typeof api.domains.get>['data'][number]
