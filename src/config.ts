/** One table of options; from it come parsing, `_FILE` twins, `snug config`, and the README's table. */
import { closest } from 'fastest-levenshtein'
import {
  integer,
  type Option,
  oneOf,
  onOff,
  option,
  origin,
  proxies,
  redirectStatus,
  secret,
  text,
} from './option'

/** Every option, by the name the program uses for it. */
export const options = {
  port: option(
    'SNUG_PORT PORT',
    '3000',
    'port to listen on; 0 picks a free one',
    integer(0, 65535),
  ),
  host: option('SNUG_HOST', '0.0.0.0', 'address to listen on', text),
  dataDir: option('SNUG_DATA_DIR', './data', 'folder of everything that lasts', text),
  baseUrl: option(
    'SNUG_BASE_URL',
    null,
    'origin (and optional path) of short URLs; unset: taken from a well-formed Host header',
    origin,
  ),
  trustedProxies: option(
    'SNUG_TRUSTED_PROXIES',
    '',
    'CIDRs, `loopback` or `private`, comma separated; only from these are forwarding headers believed',
    proxies,
  ),
  public: option('SNUG_PUBLIC', 'on', 'let strangers make links', onOff),
  signup: option(
    'SNUG_SIGNUP',
    'off',
    '`open` lets strangers make user accounts',
    oneOf('off', 'open'),
  ),
  defaultPlan: option(
    'SNUG_DEFAULT_PLAN',
    'enterprise',
    'plan of a new account; `free` to sell plans',
    oneOf('free', 'pro', 'enterprise'),
  ),
  rateLimits: option('SNUG_RATE_LIMITS', 'on', '`off` for trusted networks and benchmarks', onOff),
  redirectStatus: option(
    'SNUG_REDIRECT_STATUS',
    '302',
    'status of a redirect whose link does not choose one: 301, 302, 307 or 308',
    redirectStatus,
  ),
  codeLength: option('SNUG_CODE_LENGTH', '6', 'length of generated codes', integer(3, 32)),
  geoipDb: option(
    'SNUG_GEOIP_DB',
    null,
    'a MaxMind-format country or city file to use instead of the embedded data',
    text,
  ),
  clickFlushMs: option(
    'SNUG_CLICK_FLUSH_MS',
    '500',
    'longest time a click waits in memory, ms',
    integer(10, 60_000),
  ),
  clickRetentionDays: option(
    'SNUG_CLICK_RETENTION_DAYS',
    '0',
    'days after which single clicks are deleted, totals stay; 0 keeps them',
    integer(0, 36_500),
  ),
  honorDnt: option(
    'SNUG_HONOR_DNT',
    'on',
    '`DNT: 1` and `Sec-GPC: 1`: count the click, keep nothing about it',
    onOff,
  ),
  checkpoints: option(
    'SNUG_CHECKPOINTS',
    'on',
    '`off` leaves moving the write-ahead log into the database to a replicator like Litestream',
    onOff,
  ),
  secret: secret(
    'SNUG_SECRET',
    'seals keys that can be shown again and signs cookies; unset: the file `secret` in the data folder, made at first start',
  ),
  logLevel: option(
    'SNUG_LOG_LEVEL',
    'info',
    'least serious level that is logged',
    oneOf('debug', 'info', 'warning', 'error'),
  ),
  logFormat: option(
    'SNUG_LOG_FORMAT',
    null,
    '`text` or `json`; unset: text on a terminal, else json',
    oneOf('text', 'json'),
  ),
} as const satisfies Record<string, Option<unknown>>

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
  const config = problems.length > 0 ? null : Object.freeze(Object.fromEntries(entries))
  return { config, problems, warnings: unknownNames(env) }
}

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
