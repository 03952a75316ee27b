import type { Scenario } from '../scenario'
import { shortenScenarios } from './shorten'

/** Every scenario of every dialect. */
export const allScenarios: Record<string, readonly Scenario[]> = {
  shorten: shortenScenarios,
}
