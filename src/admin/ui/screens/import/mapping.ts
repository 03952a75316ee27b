import type { Table } from './csv'

/** What a column of the file can become, with the names it is recognised by. */
export const fields = {
  originalUrl: ['Destination', /^(destination|original.?url|long.?url|target|url|link)$/i],
  customAlias: ['Code', /^(code|custom.?alias|alias|slug|short.?code|keyword|back.?half)$/i],
  tags: ['Tags', /^tags?$/i],
  folder: ['Folder', /^(folder|group)$/i],
  notes: ['Notes', /^(notes?|description|title|comment)$/i],
  startsAt: ['Starts', /^(starts?.?at|starts?|valid.?since|activation)$/i],
  expiresAt: ['Expires', /^(expires?.?at|expires?|expiration|valid.?until)$/i],
  maxClicks: ['Most clicks', /^(max.?clicks|click.?limit|max.?visits)$/i],
} as const

export type Field = keyof typeof fields

/** Which column of the file fills a field; null: none. */
export type Mapping = Record<Field, number | null>

/** A link as the documented bulk endpoint takes it. */
export type Item = {
  originalUrl: string
  customAlias?: string
  tags?: string[]
  folder?: string
  notes?: string
  startsAt?: string
  expiresAt?: string
  maxClicks?: number
}

/** The mapping that the names of the columns suggest. */
export const suggest = ({ columns }: Table): Mapping =>
  Object.fromEntries(
    Object.entries(fields).map(([field, [, names]]) => {
      const index = columns.findIndex((column) => names.test(column))
      return [field, index === -1 ? null : index]
    }),
  ) as Mapping

/** One row as a link; empty cells are left out. */
export const itemOf = (row: readonly string[], mapping: Mapping): Item => {
  const cell = (field: Field) => {
    const column = mapping[field]
    return column === null ? '' : (row[column] ?? '').trim()
  }
  const texts = (['customAlias', 'folder', 'notes'] as const).map((field) => [field, cell(field)])
  const dates = (['startsAt', 'expiresAt'] as const).map((field) => [field, instantOf(cell(field))])
  const tags = cell('tags')
    .split(/[,;|\s]+/)
    .filter((tag) => tag !== '')
  const maxClicks = cell('maxClicks')
  return {
    originalUrl: cell('originalUrl'),
    ...Object.fromEntries([...texts, ...dates].filter(([, value]) => value !== '')),
    ...(tags.length === 0 ? {} : { tags }),
    ...(maxClicks === '' ? {} : { maxClicks: Number(maxClicks) }),
  }
}

/** A date in the viewer's zone becomes an instant; what no calendar has is sent as it is, and refused. */
const instantOf = (text: string) => {
  const date = new Date(text)
  if (text === '' || Number.isNaN(date.getTime())) return text
  const [day] = /^\d{4}-\d\d-\d\d/.exec(text) ?? []
  const exists = day === undefined || new Date(day).toISOString().startsWith(day)
  return exists ? date.toISOString() : text
}
