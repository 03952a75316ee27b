import { statSync } from 'node:fs'
import type { Account } from '../core'
import type { Store } from '../store'
import { mustBeProved, unproved } from './account'
import type { CliCommand } from './command'
import { importCsv } from './import-csv'
import { importLines } from './import-lines'
import { type Data, withDataFolder } from './with-data-folder'

/** What an import did; `problems` are told one by one, up to a number. */
export type ImportResult = { added: number; known: number; refused: number }

/** `snug import FILE`: our own export, or a CSV file of links. */
export const importAll: CliCommand = {
  usage: 'import <file>',
  summary: 'add what an export or a CSV file of links holds; what is there already stays as it is',
  options: [
    {
      flags: '--columns <columns>',
      means: 'CSV: which column is what, like destination=Target,code=Slug,tags=Labels',
    },
    {
      flags: '--owner <email>',
      means: 'CSV: whose links they become; else the first administrator',
    },
    unproved,
    { flags: '--from <row>', means: 'CSV: the first row to read, to go on after an interruption' },
  ],
  run: (given) => {
    const { text } = given
    const [file = ''] = given.args
    const from = text('from') ?? '1'
    if (!/^[1-9]\d*$/.test(from)) {
      console.error('error: --from must be the number of a row, from 1 on')
      return 2
    }
    return withDataFolder(async (data) => {
      if (!(statSync(file, { throwIfNoEntry: false })?.isFile() ?? false))
        throw new Error(`there is no file ${file}`)
      const tally = isExport(await Bun.file(file).slice(0, 200).text())
        ? await importLines(data, file)
        : await importCsv(data, file, {
            owner: mustBeProved(await ownerOf(data.store, text('owner')), given),
            columns: text('columns') ?? '',
            from: Number(from),
          })
      const { added, known, refused } = tally
      console.log(`${added} added, ${known} there already, ${refused} refused`)
      return refused > 0 ? 1 : 0
    })
  },
}

const isExport = (head: string) => head.startsWith('{"type":"snug"')

async function ownerOf(store: Data['store'], email: string | null): Promise<Account> {
  const account = await (store satisfies Store).transfer.ownerFor(email)
  if (account !== null) return account
  const who = email === null ? 'there is no administrator yet' : `there is no account ${email}`
  throw new Error(`${who}; make one with snug account create`)
}
