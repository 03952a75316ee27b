/** One option of a command, as commander writes it: `--plan <plan>` takes a text, `--force` is a flag. */
export type CommandOption = { flags: string; means: string; required?: boolean }

/** What a command was called with. Options go by their long name: `--dry-run` is `dryRun`. */
export type Given = {
  args: readonly string[]
  /** the text of an option; null when it was not given */
  text: (name: string) => string | null
  /** whether a flag was given */
  flag: (name: string) => boolean
}

/** One command. `usage` is what is typed: one or two words, then the arguments (`key revoke <mask>`). */
export type CliCommand = {
  usage: string
  summary: string
  options?: readonly CommandOption[]
  /** answers the exit code: 0 ok, 1 failed, 2 wrong usage */
  run: (given: Given) => Promise<number> | number
}
