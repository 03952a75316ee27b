import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importLines } from '../../src/cli/import-lines'
import { writeLine } from '../../src/cli/lines'
import { temporaryFolder } from '../program'
import type { World } from '../world'

/** A line of an export as it stands in the file. */
export type FileLine = {
  type: string
  account?: Record<string, unknown>
  keys?: Record<string, unknown>[]
  guestSessions?: Record<string, unknown>[]
  campaign?: Record<string, unknown>
  domain?: Record<string, unknown>
  link?: Record<string, unknown>
  click?: Record<string, unknown>
}

/** What `snug export` writes of a world, line by line. */
export const exportOf = ({ store }: World): FileLine[] => [
  JSON.parse('{"type":"snug","version":1}'),
  ...[...store.transfer.lines()].map((line) => JSON.parse(writeLine(line))),
]

/** The same lines as a version wrote them that knew neither stable ids nor guest sessions. */
export const asOlderExport = (lines: readonly FileLine[]): FileLine[] =>
  lines.map(({ guestSessions: _, ...line }) => {
    const { stableId: _id, ...account } = line.account ?? {}
    return line.account === undefined ? line : { ...line, account }
  })

/** Imports lines into a world; answers the tally and what was said of refused lines. */
export const importInto = async (
  { store, app, given }: World,
  lines: readonly (FileLine | string)[],
) => {
  using folder = temporaryFolder()
  const file = join(folder.path, 'all.jsonl')
  writeFileSync(
    file,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  )
  const said: string[] = []
  const told = console.error
  console.error = (line: string) => said.push(line)
  try {
    const tally = await importLines({ store, core: app.core, config: given.config }, file)
    return { tally, said }
  } finally {
    console.error = told
  }
}

/** How much of everything there is in a world. */
export const censusOf = ({ store }: World) => {
  const count: Record<string, number> = {}
  for (const line of store.transfer.lines()) {
    count[line.type] = (count[line.type] ?? 0) + 1
    if (line.type !== 'account') continue
    count.keys = (count.keys ?? 0) + line.keys.length
    count.guestSessions = (count.guestSessions ?? 0) + line.guestSessions.length
  }
  return count
}

/** The destinations of each account, by the masks of its keys, its email address, or its kind. */
export const belongingsOf = ({ store }: World) => {
  const names = new Map<number, string>()
  const all: string[] = []
  for (const line of store.transfer.lines()) {
    if (line.type === 'account')
      names.set(
        line.account.id,
        `${line.account.kind} ${line.account.email ?? ''} ${line.keys.map(({ hash }) => hash).join()}`,
      )
    if (line.type === 'link')
      all.push(`${names.get(line.link.ownerId)}: ${line.link.code} ${line.link.destination}`)
  }
  return all.sort()
}
