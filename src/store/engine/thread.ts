/** Calls across threads: both ends of them. */

// biome-ignore lint/suspicious/noExplicitAny: the verbs' own types are kept by `Verbs`
type AnyVerbs = Record<string, (...args: any[]) => unknown>

/** Which database a thread opens, and whether it may move the log into the file. */
export type DatabaseLocation = { path: string; checkpoints: boolean }

type Call = { id: number; verb: string; args: unknown[] }
type Reply = { id: number; answer: unknown } | { id: number; error: string }
type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void }

/** Bun's workers can let the process end; the browser's type does not know. */
type Thread = Worker & { ref: () => void; unref: () => void }

/** A worker's file: beside this one, or where the compiled program keeps its entry points. */
const fileOf = (name: string) => `${Bun.isStandaloneExecutable ? './store/' : '../'}${name}.ts`

/**
 * A thread of its own for the verbs of a worker's file, called like functions that answer promises.
 * It starts with the first call; after a crash the next call starts another.
 */
export const inThread = <Verbs extends AnyVerbs>(
  name: string,
  place: DatabaseLocation,
  options: WorkerOptions = {},
) => {
  let thread: Thread | null = null
  let called = 0
  const waiting = new Map<number, Waiting>()

  const end = (why: string) => {
    for (const { reject } of waiting.values()) reject(new Error(why))
    waiting.clear()
    thread?.terminate()
    thread = null
  }

  const receive = ({ data }: MessageEvent<Reply>) => {
    const one = waiting.get(data.id)
    waiting.delete(data.id)
    if (waiting.size === 0) thread?.unref()
    if ('error' in data) one?.reject(new Error(data.error))
    else one?.resolve(data.answer)
  }

  const start = () => {
    const started = new Worker(new URL(fileOf(name), import.meta.url), options) as Thread
    started.addEventListener('message', receive)
    started.addEventListener('error', ({ message }) => end(`${name}: ${message}`))
    started.postMessage({ open: place })
    return started
  }

  const call = <V extends keyof Verbs & string>(verb: V, ...args: Parameters<Verbs[V]>) =>
    new Promise<Awaited<ReturnType<Verbs[V]>>>((resolve, reject) => {
      thread ??= start()
      thread.ref()
      const id = ++called
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
      thread.postMessage({ id, verb, args } satisfies Call)
    })

  return { call, end, isRunning: () => thread !== null, underWay: () => waiting.size }
}

declare const self: Worker

/** The other end: answers calls with the verbs that `open` makes of the database. */
export const answerCalls = (open: (place: DatabaseLocation) => AnyVerbs) => {
  let verbs: AnyVerbs = {}
  self.onmessage = async ({ data }: MessageEvent<Call | { open: DatabaseLocation }>) => {
    if ('open' in data) {
      verbs = open(data.open)
      return
    }
    const { id, verb, args } = data
    try {
      self.postMessage({ id, answer: await verbs[verb]?.(...args) } satisfies Reply)
    } catch (error) {
      self.postMessage({ id, error: String(error) } satisfies Reply)
    }
  }
}
