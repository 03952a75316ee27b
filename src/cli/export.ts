import { once } from 'node:events'
import { createWriteStream, renameSync } from 'node:fs'
import type { Core } from '../core'
import type { Store } from '../store'
import { atData } from './at-data'
import type { CliCommand } from './command'
import { type Leaving, leavings } from './leaving'
import { writeLine } from './lines'
import { startProgress } from './progress'

const formats = ['jsonl', ...Object.keys(leavings)]

/** `snug export FILE`: everything as JSON Lines, or the links as something that works without snug. */
export const exportAll: CliCommand = {
  usage: 'export <file>',
  summary:
    'write everything as JSON Lines, or the open links for another web server; - is standard output',
  options: [{ flags: '--format <format>', means: `one of ${formats.join(', ')}` }],
  run: ({ args: [file = ''], text }) => {
    const format = text('format') ?? 'jsonl'
    if (!formats.includes(format)) {
      console.error(`error: there is no format ${format}; there are ${formats.join(', ')}`)
      return 2
    }
    return atData(async ({ store, core }) => {
      const leaving = leavings[format]
      const parts = leaving === undefined ? jsonLines(store) : openLinks(store, core, leaving)
      await write(file, parts, await store.transfer.linkCount())
      return 0
    })
  },
}

type Part = { text: string; link: boolean }

function* jsonLines(store: Store): Generator<Part> {
  yield { text: `${JSON.stringify({ type: 'snug', version: 1 })}\n`, link: false }
  for (const line of store.transfer.lines())
    yield { text: `${writeLine(line)}\n`, link: line.type === 'link' }
}

/** Only what a plain web server can do as well: open links without password or ceiling, on any host. */
function* openLinks(
  store: Store,
  { clock, suspensions }: Core,
  { head, line, foot }: Leaving,
): Generator<Part> {
  let skipped = 0
  yield { text: head, link: false }
  for (const entry of store.transfer.lines()) {
    if (entry.type !== 'link') continue
    const { link } = entry
    const plain = link.maxClicks === null && link.domainId === ''
    if (!plain || suspensions.gateOf(link, clock.now()) !== 'open') skipped++
    else
      yield {
        text: line(link.code, plainUrl(link.destination), link.redirectStatus ?? 302),
        link: true,
      }
  }
  yield { text: foot, link: false }
  if (skipped > 0)
    console.error(
      `${skipped} links left out: closed, limited, with a password or a domain of their own`,
    )
}

/** A URL without any character that a configuration file would take for its own. */
const plainUrl = (destination: string) =>
  new URL(destination).href.replaceAll(
    /[{}$"'`;\\|]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

const write = async (file: string, parts: Iterable<Part>, total: number) => {
  const half = `${file}.half`
  const out = file === '-' ? process.stdout : createWriteStream(half, { mode: 0o600 })
  const progress = startProgress('links', total)
  let links = 0
  for (const { text, link } of parts) {
    if (link) progress.at(++links)
    if (!out.write(text)) await once(out, 'drain')
  }
  if (file !== '-') {
    out.end()
    await once(out, 'close')
    renameSync(half, file)
  }
  progress.end(`${links} links written to ${file}`)
}
