/**
 * A server for `bench/redirect.ts`, in a process of its own: `bare` answers a constant 302, anything
 * else is the path of a database that snug serves. Lines on standard input: `ask` asks the heaviest
 * question again and again until `rest`; `quit` ends.
 */
import { createApp } from '../src/app'
import { readConfig } from '../src/config'
import { openStore } from '../src/store'

const bare = () => {
  const answer: ResponseInit = { status: 302, headers: { Location: 'https://example.com/' } }
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: () => new Response(null, answer),
  })
  return {
    origin: server.url.origin,
    ask: async () => {},
    quit: async () => void server.stop(true),
  }
}

const snug = async (path: string) => {
  const { config } = readConfig({}, () => '')
  if (config === null) throw new Error('the default options are no options')
  const store = openStore(path, { serving: true })
  const say = () => {}
  const app = await createApp({
    config,
    store,
    secret: 'of a benchmark',
    clock: { now: Date.now, monotonic: () => performance.now() },
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    log: { debug: say, info: say, warning: console.error, error: console.error },
  })
  app.server.listen({ port: 0, hostname: '127.0.0.1' })
  return {
    origin: `http://127.0.0.1:${app.server.server?.port}`,
    ask: async () => {
      const filter = { scope: { account: 1 } }
      await store.ask([{ ask: 'hours', filter, offsetMinutes: 60 }])
    },
    quit: async () => {
      await app.server.server?.stop(true)
      await app.close()
    },
  }
}

const [path = 'bare'] = process.argv.slice(2)
const { origin, ask, quit } = path === 'bare' ? bare() : await snug(path)
console.log(origin)

let asking = false
const askOn = async () => {
  while (asking) await ask()
}
for await (const line of console) {
  if (line === 'ask') {
    asking = true
    void askOn()
  }
  if (line === 'rest') asking = false
  if (line === 'quit') break
}
asking = false
await quit()
process.exit(0)
