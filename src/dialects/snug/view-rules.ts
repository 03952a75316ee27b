import type { Wire } from '../../api'
import { type LimitRow, type Settings, settingNames } from '../../core'
import type * as schema from './schema-rules'

/** A limit as it is in force, beside what is declared. */
export const limit = ({ limit, max, per, overridden }: LimitRow): Wire<typeof schema.limit> => ({
  id: limit.id,
  on: limit.on,
  by: limit.by,
  max,
  per,
  overridden,
  declared: { max: limit.max, per: limit.per },
})

type Known = { values: Settings; decided: readonly string[] }

/** The settings in force, and where each comes from. */
export const settings = (
  { values, decided }: Known,
  environment: readonly string[],
): Wire<typeof schema.settings> => {
  const source = (name: string) => {
    if (decided.includes(name)) return 'setting'
    return environment.includes(name) ? 'environment' : 'default'
  }
  const sources = Object.fromEntries(settingNames.map((name) => [name, source(name)]))
  return { ...values, sources: sources as Wire<typeof schema.settings>['sources'] }
}
