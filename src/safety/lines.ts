/** Largest list that is read, in bytes, unpacked. */
const mostBytes = 128 * 1024 * 1024

/** Longest line that is kept whole, in characters; of a longer one so much that it shows. */
const longest = 4096

/** The lines of a stream of bytes, as they come; throws when there are more bytes than `most`. */
export async function* linesOf(
  bytes: AsyncIterable<Uint8Array>,
  most = mostBytes,
): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let size = 0
  let rest = ''
  for await (const chunk of bytes) {
    size += chunk.byteLength
    if (size > most) throw new Error(`is larger than ${most} bytes`)
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = (lines.pop() ?? '').slice(0, longest + 1)
    yield* lines
    await new Promise((resolve) => setImmediate(resolve)) // redirects go first
  }
  yield rest
}
