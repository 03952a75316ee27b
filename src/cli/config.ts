import { cleanText } from '../clean-text'
import { options } from '../config'
import type { CliCommand } from './command'
import { readOptions } from './options'

/** `snug config`: what the program would run with. */
export const config: CliCommand = {
  usage: 'config',
  summary: 'print the effective options, secrets masked',
  run: () => {
    const config = readOptions()
    if (config === null) return 2
    for (const [key, { names, secret }] of Object.entries(options)) {
      const value = config[key as keyof typeof config]
      console.log(`${names[0]}=${secret && value !== null ? '********' : show(value)}`)
    }
    return 0
  },
}

const show = (value: unknown) => {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return value === null ? '' : cleanText(String(value))
}
