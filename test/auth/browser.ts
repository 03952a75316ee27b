import { createWorld, type Send, toRequest, type World } from '../world'

export const password = 'correct horse battery'

/** A world in which people really sign in. */
export const signInWorld = (env: Record<string, string> = {}, peer?: string) =>
  createWorld(env, { signIn: true, ...(peer === undefined ? {} : { peer }) })

/** Makes somebody who can sign in. */
export const person = ({ app }: World, name: string, role: 'admin' | 'member' = 'member') =>
  app.core.accounts.create({ email: `${name}@example.com`, password, displayName: name, role })

/** A browser at one origin: keeps cookies, and says where its requests come from. */
export const createBrowser = (world: World, origin = 'http://localhost') => {
  /** cookies by name, as they came */
  const jar = new Map<string, string>()

  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0(;|$)/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
  }

  const send = async ({ headers, ...send }: Send): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`)
    const own: Record<string, string> = { Host: new URL(origin).host }
    if (cookie.length > 0) own.Cookie = cookie.join('; ')
    if (send.body !== undefined) own.Origin = origin
    // the socket knows no https: that is the proxy's
    const request = toRequest(origin.replace('https:', 'http:'), {
      ...send,
      headers: { ...own, ...headers },
    })
    const answer = await world.app.server.handle(request)
    keep(answer)
    return answer
  }

  const post = (path: string, body: Record<string, unknown> = {}) =>
    send({ path: `/api/auth${path}`, body })

  return {
    jar,
    send,
    post,
    get: (path: string) => send({ path: `/api/auth${path}` }),
    signIn: (name: string, secret = password) =>
      post('/sign-in/email', { email: `${name}@example.com`, password: secret }),
    /** Whom our own API takes this browser for: an email address, or null. */
    who: async (): Promise<string | null> => {
      const answer = await send({ path: '/api/snug/v1/session' })
      return ((await answer.json()) as { account: { email: string } | null }).account?.email ?? null
    },
  }
}
