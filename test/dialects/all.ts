import type { Scenario } from '../scenario'
import { linksScenarios } from './links'
import { shortenScenarios } from './shorten'
import { shortlinksScenarios } from './shortlinks'
import { snugScenarios } from './snug'
import { urlsScenarios } from './urls'
import { v1Scenarios } from './v1'

/** Every scenario of every dialect. */
export const allScenarios: Record<string, readonly Scenario[]> = {
  shorten: shortenScenarios,
  shortlinks: shortlinksScenarios,
  links: linksScenarios,
  snug: snugScenarios,
  urls: urlsScenarios,
  v1: v1Scenarios,
}
