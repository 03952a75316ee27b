import type { api, Data } from '../../api'
import { queryClient } from '../../queries'

/** An account, as our API shows it. */
export type Account = Data<typeof api.accounts.get>['data'][number]

/** Forgets what was read of accounts, after one has changed. */
export const accountsChanged = () =>
  Promise.all(
    ['accounts', 'session'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
  )
