/** A table read from CSV: the names of its columns, and its rows as texts. */
export type Table = { columns: string[]; rows: string[][] }

/** Reads CSV as RFC 4180 has it, with commas, semicolons or tabs; the first line names the columns. */
export const readCsv = (text: string): Table => {
  const source = text.replace(/^\uFEFF/, '')
  const [columns = [], ...rows] = records(source, delimiterOf(source))
  return { columns: columns.map((name) => name.trim()), rows }
}

/** Whichever of the usual ones the first line has most of. */
const delimiterOf = (source: string) => {
  const line = source.slice(0, source.search(/[\r\n]|$/))
  const count = (mark: string) => line.split(mark).length
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}

const records = (source: string, delimiter: string): string[][] => {
  const found: string[][] = []
  let record: string[] = []
  let at = 0
  const end = () => {
    if (record.some((field) => field !== '')) found.push(record)
    record = []
  }
  while (at < source.length) {
    const [field, next] = source[at] === '"' ? quoted(source, at) : bare(source, at, delimiter)
    record.push(field)
    at = next
    if (source[at] === delimiter) {
      at++
      if (at === source.length) record.push('')
      continue
    }
    if (source[at] === '\r') at++
    if (source[at] === '\n') at++
    end()
  }
  end()
  return found
}

const bare = (source: string, from: number, delimiter: string): [string, number] => {
  let at = from
  while (
    at < source.length &&
    source[at] !== delimiter &&
    source[at] !== '\r' &&
    source[at] !== '\n'
  )
    at++
  return [source.slice(from, at), at]
}

const quoted = (source: string, from: number): [string, number] => {
  let text = ''
  let at = from + 1
  for (;;) {
    const close = source.indexOf('"', at)
    if (close === -1) return [text + source.slice(at), source.length]
    text += source.slice(at, close)
    if (source[close + 1] !== '"') return [text, close + 1]
    text += '"'
    at = close + 2
  }
}
