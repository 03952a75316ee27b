import type { CliCommand } from './command'
import { readOptions } from './options'

/** `snug healthcheck`: asks the running server how it is; for containers that have no curl. */
export const healthcheck: CliCommand = {
  usage: 'healthcheck',
  summary: 'ask the running server how it is; exit code 0 when it is well',
  async run() {
    const config = readOptions()
    if (config === null) return 2
    const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host
    const at = `http://${host.includes(':') ? `[${host}]` : host}:${config.port}/health`
    try {
      const answer = await fetch(at, { signal: AbortSignal.timeout(3000) })
      console.log(await answer.text())
      return answer.ok ? 0 : 1
    } catch {
      console.error(`error: nothing answers at ${at}`)
      return 1
    }
  },
}
