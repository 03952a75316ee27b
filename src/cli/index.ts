import { Command, CommanderError } from 'commander'
import { version } from '../../package.json'
import { config } from './config'
import { describe } from './describe'
import { healthcheck } from './healthcheck'
import { serve } from './serve'

/** One command: what it is for, its arguments as commander writes them, and how it ends. */
export type CliCommand = {
  usage: string
  summary: string
  /** answers the exit code: 0 ok, 1 failed, 2 wrong usage */
  run: (...args: string[]) => Promise<number> | number
}

/** Every command, the default one first. */
export const commands = { serve, config, describe, healthcheck } as const satisfies Record<
  string,
  CliCommand
>

const wrongUsage = 2

/** Runs the command that the arguments name; answers the exit code. */
export const run = async (args: readonly string[]): Promise<number> => {
  let code = 0
  const program = new Command('snug')
    .description('A self-hosted link shortener that answers five documented APIs.')
    .version(version, '--version')
    .exitOverride()
    .showHelpAfterError('See snug --help.')
  for (const [name, { usage, summary, run }] of Object.entries<CliCommand>(commands)) {
    program
      .command(usage, { isDefault: name === 'serve' })
      .description(summary)
      .exitOverride()
      .action(async (...given) => {
        code = await run(...given.filter((argument) => typeof argument === 'string'))
      })
  }
  try {
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongUsage
    throw error
  }
}
