import { QueryCache, QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import { api, ask, isStatus } from './api'

/** Who is asking, and what this server is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => ask(api.session.get()),
  staleTime: 60_000,
})

/** The session, on screens that are only shown with one. */
export const useSession = () => {
  const { data } = useQuery(sessionQuery)
  if (data === undefined) throw new Error('The session is read before any screen is shown.')
  return data
}

/** Keeps answers for the time of a visit; a session that has ended is noticed at the next answer. */
export const queryClient: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < 2 && isStatus(error, 0),
    },
  },
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (isStatus(error, 401) && query.queryKey[0] !== 'session')
        void queryClient.invalidateQueries({ queryKey: ['session'] })
    },
  }),
})
