import { once } from 'node:events'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { type Core, type Link, redirectStatuses } from '../core'
import { type Store, writeWhole } from '../store'
import type { CliCommand } from './command'
import { writeLine } from './lines'
import { startProgress } from './progress'
import { type RedirectConfig, redirectConfigs } from './redirect-configs'
import { withDataFolder } from './with-data-folder'

const formats = ['jsonl', ...Object.keys(redirectConfigs)]

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
    return withDataFolder(async ({ store, core }) => {
      const config = redirectConfigs[format]
      const pieces = config === undefined ? jsonLines(store) : openLinks(store, core, config)
      await write(file, pieces, await store.transfer.linkCount())
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
  { head, line, foot }: RedirectConfig,
): Generator<Part> {
  let skipped = 0
  yield { text: head, link: false }
  for (const entry of store.transfer.lines()) {
    if (entry.type !== 'link') continue
    const { link } = entry
    const plain = link.maxClicks === null && link.domainId === '' && /^[\w-]+$/.test(link.code)
    const url = plainUrl(link.destination)
    if (!plain || url === null || suspensions.gateOf(link, clock.now()) !== 'open') skipped++
    else yield { text: line(link.code, url, statusOf(link)), link: true }
  }
  yield { text: foot, link: false }
  if (skipped > 0)
    console.error(
      `${skipped} links left out: closed, limited, leading nowhere, with a password or a domain of their own`,
    )
}

/** A URL without any character that a configuration file would take for its own; null for what is none. */
const plainUrl = (destination: string): string | null => {
  const url = URL.parse(destination)
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  return url.href.replaceAll(
    /[{}$"'`;\\|]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

const statusOf = ({ redirectStatus }: Link): number =>
  redirectStatuses.find((known) => known === redirectStatus) ?? 302

/** Writes a file that is there whole or not at all, or to standard output. */
async function write(file: string, pieces: Iterable<Part>, total: number) {
  const progress = startProgress('links', total)
  let links = 0
  const counted = function* () {
    for (const { text, link } of pieces) {
      if (link) progress.at(++links)
      yield text
    }
  }
  if (file === '-') await writeOut(counted())
  else writeWhole(file, (half) => writeChunks(half, counted()))
  progress.end(`${links} links written to ${file}`)
}

async function writeOut(texts: Iterable<string>) {
  for (const text of texts) if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

/** Characters that are written at once. */
const chunkLength = 256 * 1024

const writeChunks = (path: string, texts: Iterable<string>) => {
  const file = openSync(path, 'w')
  let chunk = ''
  const flush = () => {
    writeFileSync(file, chunk) // all of it, which one plain write need not do
    chunk = ''
  }
  try {
    for (const text of texts) {
      chunk += text
      if (chunk.length >= chunkLength) flush()
    }
    flush()
  } finally {
    closeSync(file)
  }
}
