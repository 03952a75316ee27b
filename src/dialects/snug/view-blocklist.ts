import type { Wire } from '../../api'
import type { BlocklistSource } from '../../core'
import type * as schema from './schema-blocklist'
import { instantOrNull } from './view'

type Known = { entries: readonly string[]; sources: readonly BlocklistSource[] }

/** The own entries, and how the lists from elsewhere stand. */
export const blocklist = ({ entries, sources }: Known): Wire<typeof schema.blocklist> => ({
  entries: [...entries],
  sources: sources.map((source) => ({ ...source, readAt: instantOrNull(source.readAt) })),
})
