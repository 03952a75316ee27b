import { describe, test } from 'bun:test'
import { runInProcess } from '../scenario'
import { allScenarios } from './all'

for (const [dialect, scenarios] of Object.entries(allScenarios)) {
  describe(dialect, () => {
    for (const scenario of scenarios) test(scenario.says, () => runInProcess(scenario))
  })
}
