import { createReadStream, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Fault } from '../core'
import type { ImportResult } from './import'
import { readLine } from './lines'
import { startProgress } from './progress'
import { receiver } from './receiver'
import { type Data, reason } from './with-data-folder'

/** Accounts that are taken at once; they share a commit. Everything else may need what stands before it. */
const atOnce = 100

/**
 * Reads our own export. A line that can't be stored is told and left out; whatever is there already is
 * found again: an interrupted import is simply started once more.
 */
export async function importLines(data: Data, file: string): Promise<ImportResult> {
  const tally: ImportResult = { added: 0, known: 0, refused: 0 }
  const { take, finish } = receiver(data)

  async function takeLine(text: string, number: number) {
    try {
      const outcome = await take(readLine(text))
      if (outcome !== null) tally[outcome]++
    } catch (error) {
      if (!isOfTheLine(error)) throw new Error(`line ${number} of ${file}: ${reason(error)}`)
      console.error(`refused: line ${number}: ${reason(error)}`)
      tally.refused++
    }
  }

  let together: Promise<void>[] = []
  async function settle() {
    await Promise.all(together)
    together = []
  }

  const progress = startProgress(`bytes of ${file}`, statSync(file).size)
  let bytes = 0
  let number = 0
  for await (const text of createInterface({ input: createReadStream(file) })) {
    number++
    bytes += text.length + 1
    progress.at(bytes)
    const isAccount = text.startsWith('{"type":"account"')
    if (!isAccount || together.length >= atOnce) await settle()
    together.push(takeLine(text, number))
    if (!isAccount) await settle()
  }
  await settle()
  await finish()
  progress.end(`${number} lines read`)
  return tally
}

/** Whether the line itself is at fault, and not the database that should take it. */
const isOfTheLine = (error: unknown) =>
  error instanceof Fault ||
  String((error as { code?: unknown }).code).startsWith('SQLITE_CONSTRAINT')
