import { createWorld, type World } from '../world'

/** What a receiver was sent: the path, the message, and how to answer it. */
export type Arrival = {
  path: string
  type: string
  id: string
  data: Record<string, unknown>
  answer: (status: number) => void
}

/** A world and servers of ours that webhooks lead to. */
export const createGround = async () => {
  const world = await createWorld({ SNUG_WEBHOOK_PRIVATE: 'on' })
  const stops: (() => Promise<unknown>)[] = []

  /** A server that answers when it is told to; with a status by itself. */
  const receiver = (status?: number) => {
    const arrived: Arrival[] = []
    const server = Bun.serve({
      port: 0,
      hostname: '127.0.0.1',
      idleTimeout: 0,
      fetch: async (request) => {
        const { promise, resolve } = Promise.withResolvers<number>()
        const { type, data } = (await request.json()) as Pick<Arrival, 'type' | 'data'>
        const { pathname: path } = new URL(request.url)
        const id = request.headers.get('webhook-id') ?? ''
        arrived.push({ path, type, id, data, answer: resolve })
        if (status !== undefined) resolve(status)
        return new Response(null, { status: await promise })
      },
    })
    stops.push(() => server.stop(true))
    return { arrived, url: server.url.href, open: () => server.pendingRequests }
  }

  /** Somebody with webhooks for events of one kind, and how they get messages into the queue. */
  const person = async (name: string, urls: readonly string[], event = 'link.created') => {
    const { account } = await world.person(name)
    const webhooks = await Promise.all(
      urls.map(async (url) => {
        const made = await world.app.core.webhooks.create(account, { url, events: [event] })
        return made.webhook
      }),
    )
    const queue = async (messages: number, from = 0) => {
      for (let number = from; number < from + messages; number++)
        await world.app.core.webhooks.tell('link.created', [account.id], { number })
    }
    /** Waits until so many messages to the first webhook are done with. */
    const delivered = (messages: number) =>
      until(async () => {
        const page = { offset: 0, limit: 1000 }
        const { rows } = await world.store.deliveries.page(webhooks[0]?.id ?? 0, page)
        return rows.filter(({ state }) => state === 'delivered').length === messages
      })
    return { account, webhooks, queue, delivered }
  }

  return {
    world,
    receiver,
    person,
    deliver: () => jobOf(world, 'deliver webhooks'),
    close: async () => {
      world.app.webhooks.close()
      for (const stop of stops) await stop()
      await world.close()
    },
  }
}

export type Ground = Awaited<ReturnType<typeof createGround>>

/** Runs a job of a world. */
export const jobOf = async (world: World, name: string) =>
  world.app.jobs.find((job) => job.name === name)?.run()

/** Waits until something holds: while what is asked for happens by itself. */
export const until = async (holds: () => boolean | Promise<boolean>) => {
  for (let turn = 0; turn < 2000 && !(await holds()); turn++)
    await new Promise((resolve) => setTimeout(resolve, 1))
  if (!(await holds())) throw new Error('it never came to that')
}

/** Waits for what should not happen to have had time to: some turns of the event loop, and a request. */
export const aWhile = async () => {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setTimeout(resolve, 1))
}
