import { signInLimits } from './api'
import { endpoints } from './auth'
import { options } from './config'
import { ceilings, faultKinds, linkPasswordLimit, linkStatuses, seededPlans } from './core'
import { dialects } from './dialects'
import { outcomes } from './redirect/outcomes'

type Row = Record<string, string>

/** Every enumerable thing of the program, as rows of text: what `snug describe` and the documents print. */
export const tables = {
  options: () =>
    Object.values(options).map(({ names, default: fallback, means }) => ({
      variable: names.map((name) => `\`${name}\``).join(' or '),
      default: fallback === null || fallback === '' ? 'none' : `\`${fallback}\``,
      meaning: means,
    })),
  dialects: () =>
    dialects.map(({ dialect: { name, title, roots } }) => ({
      dialect: `\`${name}\``,
      paths: roots.map((root) => `\`${root}\``).join(' '),
      title,
    })),
  limits: () =>
    [...dialects.flatMap(({ dialect }) => dialect.limits), linkPasswordLimit, ...signInLimits].map(
      ({ id, on, max, per, by }) => ({
        id: `\`${id}\``,
        on: `\`${on}\``,
        max: String(max),
        seconds: String(per / 1000),
        by,
      }),
    ),
  ceilings: () =>
    Object.values(ceilings).map(({ max, means }) => ({ max: String(max), 'of what': means })),
  faults: () =>
    faultKinds.map((kind) => ({
      fault: `\`${kind}\``,
      ...Object.fromEntries(
        dialects.map(({ dialect }) => [dialect.name, words(dialect.faults[kind])]),
      ),
    })),
  plans: () =>
    seededPlans.map((plan) =>
      Object.fromEntries(
        Object.entries(plan).map(([name, value]) => [name, String(value ?? 'none')]),
      ),
    ),
  outcomes: () =>
    Object.entries(outcomes).map(([outcome, { status, title }]) => ({
      outcome: `\`${outcome}\``,
      status: String(status),
      title,
    })),
  endpoints: () =>
    endpoints.map(([method, path, , what]) => ({
      endpoint: `\`${method} /api/auth${path}\``,
      what,
    })),
  gates: () => linkStatuses.map((gate) => ({ gate: `\`${gate}\`` })),
} as const satisfies Record<string, () => Row[]>

export type TableName = keyof typeof tables

const words = ([status, message, code]: readonly [number, unknown, string?]) =>
  [status, typeof message === 'string' ? message : '…', code].filter(Boolean).join(' ')

/** A table in Markdown, columns in the order of the first row. */
export const toMarkdown = (rows: readonly Row[]): string => {
  const columns = Object.keys(rows[0] ?? {})
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const cells = rows.map((row) =>
    line(columns.map((column) => (row[column] ?? '').replaceAll('|', '\\|'))),
  )
  return [line(columns), line(columns.map(() => '---')), ...cells].join('\n')
}
