import type { DialectContext } from './dialect'

/** Pieces after which garbage is collected: a file of any length leaves some with every piece. */
const piecesPerCollection = 100

/** A file as it is made: its name, its media type, and its pieces. */
export type File = { name: string; mime: string; pieces: AsyncGenerator<Uint8Array> }

/** Who asks for a file, and by which route. */
type Asker = { request: Request; route: string }

/**
 * Sends a file while it is made. The next piece is made when the client has taken the one before, so a
 * slow client costs no memory; one that leaves stops the making.
 */
export const download = (
  context: DialectContext,
  asked: Asker,
  { name, mime, pieces }: File,
): Response => {
  // a HEAD is answered by the route of GET, whose whole body the framework would read to measure it
  const body = asked.request.method === 'HEAD' ? null : pulled(context, asked, pieces)
  return new Response(body, {
    headers: {
      'Content-Type': mime,
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store',
    },
  })
}

const pulled = (context: DialectContext, { request, route }: Asker, pieces: File['pieces']) => {
  context.disableTimeout(request)
  let made = 0
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value, done } = await pieces.next()
          if (done) controller.close()
          else controller.enqueue(value)
          if (++made % piecesPerCollection === 0) Bun.gc(false)
        } catch (error) {
          context.reportError(error, { method: request.method, route })
          controller.error(error) // too late for another status: the connection is cut
        }
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
