import type { Scenario } from '../scenario'
import { shortenScenarios } from './shorten'
import { snugScenarios } from './snug'

/** Every scenario of every dialect. */
export const allScenarios: Record<string, readonly Scenario[]> = {
  shorten: shortenScenarios,
  snug: snugScenarios,
}
