import type { FaultKind } from '../core'
import type { Dialect } from './dialect'
import type { FaultMessage } from './errors'
import { covers } from './rate-limits'

/** The words of a dialect for the faults of one request, or of one route. */
export const messagesFor = (
  { faults, faultsOn = [] }: Dialect,
  request: { method: string; path: string },
): Record<FaultKind, FaultMessage> => ({
  ...faults,
  ...faultsOn.find((some) => covers(some, request))?.faults,
})
