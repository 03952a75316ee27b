import { SMTPServer } from 'smtp-server'

/** A mail server on loopback, and the mails it was given. */
export const createMailBox = async () => {
  const mails: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: async (stream, _session, done) => {
      mails.push(await new Response(stream as unknown as ReadableStream).text())
      done()
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const at = server.server.address()
  return {
    url: `smtp://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`,
    mails,
    /** The next mail, unfolded; empty when none comes. */
    next: async (): Promise<string> => {
      const until = Date.now() + 10_000
      while (mails.length === 0 && Date.now() < until) await Bun.sleep(5)
      return (mails.shift() ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=')
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
