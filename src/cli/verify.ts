import { verifyFile } from '../store'
import type { CliCommand } from './command'

/** `snug verify FILE`: whether a backup could be restored. */
export const verify: CliCommand = {
  usage: 'verify <file>',
  summary: 'check that a backup is whole and can be restored by this version',
  run: ({ args: [file = ''] }) => {
    const problems = verifyFile(file)
    for (const problem of problems) console.error(`error: ${file}: ${problem}`)
    if (problems.length === 0) console.log(`${file}: sound`)
    return problems.length === 0 ? 0 : 1
  },
}
