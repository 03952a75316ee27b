/** Reads the options, their `_FILE` twins included; names every problem at once. */
import { closest } from 'fastest-levenshtein'
import type { Option } from './kinds'
import { options } from './options'

export { options }

type Options = typeof options

/** The effective options; an option without a default may be null. */
export type Config = {
  readonly [K in keyof Options]:
    | ReturnType<Options[K]['read']>
    | (Options[K]['default'] extends null ? null : never)
}

export type Environment = Readonly<Record<string, string | undefined>>

/** The outcome of reading: the options, or every problem at once; warnings either way. */
export type Reading = { config: Config | null; problems: string[]; warnings: string[] }

/** Reads all options from the environment; `readFile` serves the `_FILE` twins. */
export const readConfig = (env: Environment, readFile: (path: string) => string): Reading => {
  const problems: string[] = []
  const entries = Object.entries(options).map(([key, option]) => {
    try {
      const written = find(option, env, readFile)
      return [key, written === null ? null : readNamed(option, written)]
    } catch (error) {
      problems.push((error as Error).message)
      return [key, null]
    }
  })
  const read = Object.freeze(Object.fromEntries(entries))
  const warnings = [...unknownNames(env), ...lonelyNames(read)]
  return { config: problems.length > 0 ? null : read, problems, warnings }
}

/** Options that do nothing unless all of their row are set. */
const together: readonly (readonly (keyof Options)[])[] = [
  ['adminEmail', 'adminPassword'],
  ['oidcIssuer', 'oidcClientId', 'oidcClientSecret'],
  ['githubClientId', 'githubClientSecret'],
  ['googleClientId', 'googleClientSecret'],
]

type Written = { name: string; text: string }

/** The options that do not have their default. */
export const changedOptions = (config: Config): (keyof Config)[] => {
  const { config: plain } = readConfig({}, () => '')
  const names = Object.keys(options) as (keyof Config)[]
  return names.filter((name) => !Bun.deepEquals(config[name], plain?.[name]))
}

const find = (
  { names, default: fallback }: Option<unknown>,
  env: Environment,
  readFile: (path: string) => string,
): Written | null => {
  for (const name of names) {
    const set = env[name]
    const file = env[`${name}_FILE`]
    if (set !== undefined && set !== '') return { name, text: set }
    if (file !== undefined && file !== '') return { name, text: fromFile(name, file, readFile) }
  }
  return fallback === null ? null : { name: names[0], text: fallback }
}

const fromFile = (name: string, path: string, readFile: (path: string) => string) => {
  try {
    return readFile(path).trim()
  } catch {
    throw new Error(`${name}_FILE: the file ${path} can't be read`)
  }
}

const readNamed = (option: Option<unknown>, { name, text }: Written) => {
  try {
    return option.read(text)
  } catch (error) {
    throw new Error(`${name} ${(error as Error).message}`)
  }
}

const unknownNames = (env: Environment): string[] => {
  const known: string[] = Object.values(options).flatMap(({ names }) => names)
  const accepted = new Set(known.flatMap((name) => [name, `${name}_FILE`]))
  return Object.keys(env)
    .filter((name) => name.startsWith('SNUG_') && !accepted.has(name))
    .map((name) => `${name} is not an option; did you mean ${closest(name, known)}?`)
}

const lonelyNames = (read: Readonly<Record<string, unknown>>): string[] =>
  together.flatMap((row) => {
    const unset = row.filter((key) => read[key] === null)
    const set = row.filter((key) => read[key] !== null)
    const named = (keys: typeof row) => keys.map((key) => options[key].names[0]).join(' and ')
    return set.length === 0 || unset.length === 0
      ? []
      : [`${named(set)} without ${named(unset)}: nothing comes of it`]
  })
