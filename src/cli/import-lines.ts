import { createReadStream, statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { plainHost } from '../core'
import type { NewClick } from '../store'
import type { Data } from './at-data'
import type { Tally } from './import'
import { readLine } from './lines'
import { startProgress } from './progress'

type Line = NonNullable<ReturnType<typeof readLine>>

const batchSize = 1000

/**
 * Reads our own export. Whatever is there already is found again: an interrupted import is simply
 * started once more.
 */
export const importLines = async ({ store }: Data, file: string): Promise<Tally> => {
  const { take, finish, tally } = receiver(store)
  const progress = startProgress(`bytes of ${file}`, statSync(file).size)
  let bytes = 0
  let number = 0
  for await (const text of createInterface({ input: createReadStream(file) })) {
    number++
    bytes += text.length + 1
    progress.at(bytes)
    try {
      const line = readLine(text)
      if (line !== null) await take(line)
    } catch (error) {
      throw new Error(`line ${number} of ${file}: ${(error as Error).message}`)
    }
  }
  await finish()
  progress.end(`${number} lines read`)
  return tally
}

const receiver = (store: Data['store']) => {
  const { transfer } = store
  const tally: Tally = { added: 0, known: 0, refused: 0 }
  const accounts = new Map<number, number>()
  let current: { from: number; to: number; skip: number } | null = null
  let batch: NewClick[] = []

  const here = (id: number): number => {
    const known = accounts.get(id)
    if (known === undefined) throw new Error(`the account ${id} comes nowhere before`)
    return known
  }

  const flush = async () => {
    if (batch.length > 0) await store.clicks.append(batch)
    batch = []
  }

  const takeLink = async (link: Extract<Line, { type: 'link' }>['link']) => {
    await flush()
    const boundTo = link.boundTo === null ? null : here(link.boundTo)
    const stored = await transfer.link({ ...link, ownerId: here(link.ownerId), boundTo })
    current = stored && { from: link.id, to: stored.id, skip: stored.clicks }
    if (stored === null) console.error(`refused: the code ${link.code} belongs to another link`)
    tally[stored === null ? 'refused' : stored.outcome]++
  }

  /** Clicks come in order, so those that are stored already are the first ones. */
  const takeClick = async (click: NewClick) => {
    if (current === null || current.from !== click.linkId) return
    if (current.skip-- > 0) return
    batch.push({ ...click, linkId: current.to })
    if (batch.length >= batchSize) await flush()
  }

  const take = async (line: Line) => {
    switch (line.type) {
      case 'account':
        accounts.set(line.account.id, (await transfer.account(line.account, line.keys)).id)
        return
      case 'campaign':
        return transfer.campaign({ ...line.campaign, accountId: here(line.campaign.accountId) })
      case 'domain':
        return transfer.domain({
          ...line.domain,
          host: plainHost(line.domain.host) ?? line.domain.host,
          accountId: here(line.domain.accountId),
        })
      case 'link':
        return takeLink(line.link)
      case 'click':
        return takeClick(line.click)
    }
  }
  return { take, finish: flush, tally }
}
