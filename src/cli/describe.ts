import { type TableName, tables, toMarkdown } from '../tables'
import type { CliCommand } from './command'

/** `snug describe <table>`: prints one of the program's own tables as Markdown. */
export const describe: CliCommand = {
  usage: 'describe <table>',
  summary: `print a table of the program as Markdown: ${Object.keys(tables).join(', ')}`,
  run: ({ args: [name = ''] }) => {
    if (!isTable(name)) {
      console.error(`error: there is no table ${name}; there are ${Object.keys(tables).join(', ')}`)
      return 2
    }
    console.log(toMarkdown(tables[name]()))
    return 0
  },
}

const isTable = (name: string): name is TableName => Object.hasOwn(tables, name)
