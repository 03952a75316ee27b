import { availableParallelism } from 'node:os'
import { signInLimits } from './api'
import type { Config } from './config'
import {
  type Clock,
  createCore,
  type Hashing,
  linkPasswordLimit,
  mostHashes,
  type Random,
  type ResolveTxt,
} from './core'
import { dialects } from './dialects'
import { resolveTxt } from './net'
import type { Store } from './store'

export type OpenCoreNeeds = {
  config: Config
  store: Store
  clock: Clock
  random: Random
  /** the instance's secret: seals keys, signs cookies */
  secret: string
  /** how a test answers for the DNS */
  resolveTxt?: ResolveTxt
  /** what else is asked about destinations; unset: nobody */
  isUnsafe?: (href: string) => Promise<boolean>
  /** how a test hashes passwords; unset: as Bun does */
  hashing?: Hashing
}

async function nobodySays() {
  return false
}

/** The rules over a store, with the first segment of every route reserved and every limit known. */
export const openCore = ({ config, secret, ...needs }: OpenCoreNeeds) => {
  const routes = dialects.flatMap(({ dialect }) =>
    dialect.roots.map((root) => root.split('/')[1] ?? ''),
  )
  const declared = dialects.flatMap(({ dialect }) => dialect.limits)
  const limits = [...declared, linkPasswordLimit, ...signInLimits]
  const options = { ...config, secret }
  // one core is left to redirects, where there is another
  const hashesAtOnce = Math.max(1, Math.min(mostHashes, availableParallelism() - 1))
  return createCore({
    resolveTxt,
    isUnsafe: nobodySays,
    hashesAtOnce,
    ...needs,
    options,
    routes,
    limits,
  })
}
