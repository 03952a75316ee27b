import { queryOptions } from '@tanstack/react-query'
import { api, ask, type Data } from '../../api'

/** All plans. */
export const plansQuery = queryOptions({
  queryKey: ['plans'],
  queryFn: async () => (await ask(api.plans.get())).data,
})
export type Plan = Data<typeof api.plans.get>['data'][number]
