import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, ask, type Data } from '../api'
import { useSession } from '../queries'
import { statsQueryOf } from './asked'

/** Statistics, as our API answers them. */
export type Report = Data<typeof api.stats.get>

export type Shares = { value: string; clicks: number }[]

const all = 'country,browser,os,device,referrer,language,bot,hour,link'
const forEveryPlan = 'country,referrer'
const mostRows = 100

/** The statistics that an address asks for, of one link or of many; asked again every minute. */
export const useReport = (
  values: Readonly<Record<string, string>>,
  link?: { id: number; createdAt: string },
) => {
  const { account, plan } = useSession()
  const since = link?.createdAt ?? account?.createdAt ?? ''
  const dimensions = plan?.fullStats === false ? forEveryPlan : all
  return useQuery({
    queryKey: ['stats', values, link?.id],
    queryFn: () => {
      const query = { ...statsQueryOf(values, since, link?.id), dimensions, limit: mostRows }
      return ask(api.stats.get({ query }))
    },
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
}
