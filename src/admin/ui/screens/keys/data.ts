import { queryOptions } from '@tanstack/react-query'
import { allRows, api, ask, type Data } from '../../api'
import { queryClient } from '../../queries'

/** A key, as our API shows it: never whole. */
export type Key = Data<typeof api.keys.get>['data'][number]

/** The account's keys. */
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: () => allRows((query) => ask(api.keys.get({ query }))),
})

/** Forgets the list of keys, after one has changed. */
export const keysChanged = () => queryClient.invalidateQueries({ queryKey: ['keys'] })
