import type { DialectContext } from './dialect'

/** Sends one named event with JSON data; dropped when the client does not read what it has. */
export type SendEvent = (name: string, data: unknown) => void

/** How often a sign of life is sent, in ms: proxies end connections that say nothing for a minute. */
const pulse = 15_000

/** How long a stream lasts, in ms; browsers ask again by themselves. */
const lifetime = 600_000

/** Most bytes that wait for a slow client. */
const mostWaiting = 64 * 1024

/**
 * Answers with server-sent events. `listen` starts the sending and answers how to stop it; that happens
 * when the client leaves, when `end` is called, or when the stream has lasted long enough.
 */
export const eventStream = (
  context: DialectContext,
  request: Request,
  listen: (send: SendEvent, end: () => void) => () => void,
): Response => {
  const encoder = new TextEncoder()
  let finish = () => {}
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const say = (text: string) => {
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(text))
        }
        const stop = listen(
          (name, data) => say(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`),
          () => end(),
        )
        const beat = setInterval(() => say(': still here\n\n'), pulse)
        const over = setTimeout(() => end(), lifetime)
        finish = () => {
          clearInterval(beat)
          clearTimeout(over)
          stop()
        }
        const end = () => {
          finish()
          controller.close()
        }
        say('retry: 2000\n: listening\n\n')
      },
      cancel: () => finish(),
    },
    { highWaterMark: mostWaiting, size: (chunk) => chunk?.byteLength ?? 0 },
  )
  context.disableTimeout(request)
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no', // nginx would collect events before it passes them on
    },
  })
}
