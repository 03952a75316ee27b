/** A small load generator over plain sockets: one request under way on each connection. */

const begin = 'HTTP/1.1 302'

/** What came of a load: answers a second, and how long they took in ms. */
export type Load = {
  perSecond: number
  p50: number
  p99: number
  worst: number
  wrong: number
  lost: number
}

type Wish = {
  origin: string
  /** the path of the n-th request */
  path: (n: number) => string
  connections: number
  ms: number
  /** requests a second over all connections; null: as many as are answered */
  rate: number | null
}

const agents = Array.from(
  { length: 50 },
  (_, n) =>
    `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${90 + n}.0.0.0 Safari/537.36`,
)

/** Sends GETs for a while and measures the answers. */
export const load = async ({ origin, path, connections, ms, rate }: Wish): Promise<Load> => {
  const { hostname, port, host } = new URL(origin)
  const times: number[] = []
  let [sent, wrong] = [0, 0]
  const start = performance.now()
  const stop = start + ms

  const connection = async (index: number) => {
    let sentAt = 0
    let ended = () => {}
    const done = new Promise<void>((resolve) => {
      ended = resolve
    })
    const ask = (socket: { write: (text: string) => unknown; end: () => unknown }) => {
      if (performance.now() >= stop) return void socket.end()
      const n = sent++
      sentAt = performance.now()
      socket.write(
        `GET ${path(n)} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: ${agents[n % agents.length]}\r\nAccept-Language: de-DE,de;q=0.9\r\nReferer: https://site${n % 100}.example/\r\n\r\n`,
      )
    }
    const pause = rate === null ? 0 : (1000 * connections) / rate
    let turn = start + (pause * index) / connections
    await Bun.connect({
      hostname,
      port: Number(port),
      socket: {
        open: ask,
        data: (socket, bytes) => {
          const text = bytes.toString('latin1')
          if (!text.endsWith('\r\n\r\n')) return
          times.push(performance.now() - sentAt)
          if (!text.startsWith(begin)) wrong++
          if (rate === null) return ask(socket)
          turn += pause
          setTimeout(ask, Math.max(0, turn - performance.now()), socket)
        },
        close: () => ended(),
        error: () => ended(),
      },
    })
    await done
  }

  await Promise.all(Array.from({ length: connections }, (_, index) => connection(index)))
  const seconds = (performance.now() - start) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0
  return {
    perSecond: times.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    worst: at(1),
    wrong,
    lost: sent - times.length,
  }
}
