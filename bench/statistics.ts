/**
 * Storing clicks and every question about them, at growing sizes: `bun bench/statistics.ts [clicks…]`,
 * 1,000,000 and 10,000,000 when none are given. Prints Markdown, for the README.
 */
import { measure } from '../src/cli/bench'

const sizes = process.argv.slice(2).map(Number)
for (const clicks of sizes.length > 0 ? sizes : [1_000_000, 10_000_000])
  console.log(`${await measure({ clicks, links: 100_000 })}\n`)
