import { queryOptions } from '@tanstack/react-query'
import { api, ask, type Data } from '../../api'
import { queryClient } from '../../queries'

/** A key, as our API shows it: never whole. */
export type Key = Data<typeof api.keys.get>['data'][number]

/** The account's keys. */
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: () => ask(api.keys.get({ query: { page: 1, limit: 100 } })),
})

/** Forgets the list of keys, after one has changed. */
export const keysChanged = () => queryClient.invalidateQueries({ queryKey: ['keys'] })
