import type { Scenario } from '../scenario'
import { v1AnalyticsScenarios } from './v1-analytics'
import { v1UrlsScenarios } from './v1-urls'

export const v1Scenarios: readonly Scenario[] = [...v1UrlsScenarios, ...v1AnalyticsScenarios]
