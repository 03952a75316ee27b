/** Adds up JUnit reports; prints the closing line of the gate and exits non-zero unless all went well. */
const [failedSteps = '0', ...reports] = process.argv.slice(2)
const sum = { tests: 0, failures: 0, skipped: 0 }

for (const report of reports) {
  const head = /<testsuites[^>]*>/.exec(await Bun.file(report).text())?.[0] ?? ''
  for (const name of ['tests', 'failures', 'skipped'] as const)
    sum[name] += Number(new RegExp(`\\b${name}="(\\d+)"`).exec(head)?.[1] ?? 0)
}
const failed = Math.max(sum.failures, Number(failedSteps))
const passed = sum.tests - sum.failures - sum.skipped
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
console.log(`${passed} passed, ${failed} failed, ${sum.skipped} skipped`)

export {}
