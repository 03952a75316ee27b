import { Command, CommanderError } from 'commander'
import { closest } from 'fastest-levenshtein'
import { version } from '../../package.json'
import { cleanText } from '../clean-text'
import { accountCreate, accountList, accountResetPassword, accountSet } from './account'
import { backup } from './backup'
import { benchClicks } from './bench'
import type { CliCommand } from './command'
import { config } from './config'
import { describe } from './describe'
import { exportAll } from './export'
import { geoUpdate } from './geo'
import { grant } from './grant'
import { healthcheck } from './healthcheck'
import { importAll } from './import'
import { keyCreate, keyRevoke } from './key'
import { restore } from './restore'
import { serve } from './serve'
import { verify } from './verify'
import { reason } from './with-data-folder'

/** Every command; `serve` runs when none is named. */
export const commands: readonly CliCommand[] = [
  serve,
  config,
  describe,
  healthcheck,
  backup,
  verify,
  restore,
  exportAll,
  importAll,
  geoUpdate,
  accountCreate,
  accountList,
  accountSet,
  accountResetPassword,
  keyCreate,
  keyRevoke,
  grant,
  benchClicks,
]

/** What the first word of two-word commands is about. */
const groups: Record<string, string> = {
  geo: 'country data',
  bench: 'measurements',
  account: 'people who sign in',
  key: 'secrets that programs present',
}

const wrongUsage = 2

/** Runs the command that the arguments name; answers the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  const outcome = { code: 0 }
  const unknown = unknownCommand(args[0])
  if (unknown !== null) {
    console.error(`error: ${cleanText(unknown)}`)
    return wrongUsage
  }
  const program = new Command('snug')
    .description('A self-hosted link shortener that answers five documented APIs.')
    .version(version, '--version')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(cleanText(text)) })
    .showHelpAfterError('See snug --help.')
  for (const command of commands) add(program, command, outcome)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return outcome.code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongUsage
    console.error(`error: ${reason(error)}`)
    return 1
  }
}

const add = (
  program: Command,
  { usage, summary, options = [], run }: CliCommand,
  outcome: { code: number },
) => {
  const [, group, rest = usage] = /^([a-z]+) ([a-z].*)$/.exec(usage) ?? []
  const command = (group === undefined ? program : groupOf(program, group))
    .command(rest, { isDefault: usage === 'serve' })
    .description(summary)
    .copyInheritedSettings(program)
  for (const { flags, means, required } of options)
    if (required) command.requiredOption(flags, means)
    else command.option(flags, means)
  command.action(async () => {
    const given = command.opts<Record<string, string | true>>()
    const text = (name: string) => (typeof given[name] === 'string' ? given[name] : null)
    outcome.code = await run({ args: command.args, text, flag: (name) => given[name] === true })
  })
}

/** Why a first word is no command: the default one would take it for an argument of its own. */
const unknownCommand = (word = '-'): string | null => {
  const words = ['help', ...commands.map(({ usage }) => usage.split(' ')[0] ?? '')]
  if (word.startsWith('-') || words.includes(word)) return null
  return `there is no command ${word}; did you mean ${closest(word, words)}? See snug --help.`
}

const groupOf = (program: Command, name: string): Command =>
  program.commands.find((command) => command.name() === name) ??
  program
    .command(name)
    .description(groups[name] ?? '')
    .copyInheritedSettings(program)

/** The commands as rows of text, for the documents. */
export const commandRows = () =>
  commands.map(({ usage, summary }) => ({ command: `\`snug ${usage}\``, does: summary }))
