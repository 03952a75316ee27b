import { type Account, type Caller, createLink, type Draft, Fault } from '../core'
import { readCsv } from './csv-rows'
import { dateOf } from './date'
import type { ImportResult } from './import'
import { startProgress } from './progress'
import { type Data, reason } from './with-data-folder'

type How = { owner: Account; columns: string; from: number }
type Row = Record<string, string>
/** Where a row stands: which one it is, and the line of the file. */
type At = { number: number; line: number }
type Field = keyof typeof usualNames

/** What the columns of other shorteners' exports are called, in small letters without punctuation. */
const usualNames = {
  destination: ['destination', 'url', 'longurl', 'originalurl', 'target', 'link', 'targeturl'],
  code: ['code', 'slug', 'keyword', 'shortcode', 'alias', 'address', 'shorturl', 'customalias'],
  title: ['title', 'name', 'description'],
  tags: ['tags', 'labels'],
  folder: ['folder', 'group'],
  notes: ['notes', 'note', 'comment'],
  startsAt: ['startsat', 'validsince'],
  expiresAt: ['expiresat', 'expires', 'validuntil', 'expiration', 'expirein'],
  maxClicks: ['maxclicks', 'maxvisits'],
} as const

/** Rows that are made into links at once; they share a commit. */
const atOnce = 100

/** Reads a CSV file with a heading, each row a link under all the rules of a new one. */
export async function importCsv(data: Data, file: string, how: How): Promise<ImportResult> {
  const tally: ImportResult = { added: 0, known: 0, refused: 0 }
  const progress = startProgress('rows', null)
  let names: Map<Field, string> | null = null
  let number = 0
  let batch: Promise<keyof ImportResult>[] = []
  async function settle() {
    for (const outcome of await Promise.all(batch)) tally[outcome]++
    batch = []
  }
  for await (const row of readCsv(file)) {
    progress.at(++number)
    if (number < how.from) continue
    if ('problem' in row) {
      tellRefused({ number, line: row.line }, row.problem)
      tally.refused++
      continue
    }
    names ??= readColumns(Object.keys(row.cells), how.columns)
    batch.push(add(data, how.owner, draftOf(row.cells, names), { number, line: row.line }))
    if (batch.length >= atOnce) await settle()
  }
  await settle()
  progress.end(`${number} rows read`)
  return tally
}

async function add({ core, config, store }: Data, owner: Account, draft: Draft, at: At) {
  const origin = config.baseUrl ?? 'http://localhost'
  const shortUrl = () => origin
  const from = { address: '', origin, shortUrl, key: null, session: null, secret: null }
  try {
    await createLink(core, { ...from, account: owner } satisfies Caller, draft)
    return 'added'
  } catch (error) {
    if (!(error instanceof Fault))
      throw new Error(
        `row ${at.number}: ${(error as Error).message}; go on with --from ${at.number}`,
      )
    const there = draft.code ? await store.links.byCode('', draft.code) : null
    if (there?.destination === draft.destination) return 'known'
    tellRefused(at, reason(error))
    return 'refused'
  }
}

const tellRefused = ({ number, line }: At, why: string) =>
  console.error(`refused: line ${line}, row ${number}: ${why}`)

const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, '')

/** Which column holds what: as told, else by the usual names. */
const readColumns = (heading: readonly string[], told: string): Map<Field, string> => {
  const names = new Map<Field, string>()
  for (const [field, usual] of Object.entries(usualNames) as [Field, readonly string[]][]) {
    const found = heading.find((column) => usual.includes(plain(column)))
    if (found !== undefined) names.set(field, found)
  }
  for (const pair of told.split(',').filter(Boolean)) {
    const [field = '', column = ''] = pair.split('=').map((part) => part.trim())
    if (!Object.hasOwn(usualNames, field))
      throw new Error(`--columns: ${field} is none of ${Object.keys(usualNames).join(', ')}`)
    if (!heading.includes(column)) throw new Error(`--columns: there is no column ${column}`)
    names.set(field as Field, column)
  }
  if (!names.has('destination'))
    throw new Error(`no column looks like a destination; say so with --columns destination=NAME`)
  return names
}

const draftOf = (row: Row, names: Map<Field, string>): Draft => {
  const cell = (field: Field) => row[names.get(field) ?? ''] || null
  const instant = (field: Field) => (cell(field) === null ? null : dateOf(cell(field) ?? ''))
  return {
    destination: cell('destination'),
    code: cell('code')?.split('/').at(-1) || null, // a whole short URL, or the code alone
    title: cell('title'),
    tags:
      cell('tags')
        ?.split(/[\s,;|]+/)
        .filter(Boolean) ?? [],
    folder: cell('folder'),
    notes: cell('notes'),
    startsAt: instant('startsAt'),
    expiresAt: instant('expiresAt'),
    maxClicks: cell('maxClicks') === null ? null : Number(cell('maxClicks')),
  }
}
