import { type Person, type Send, toRequest } from './world'

/** The administrator that a running server is started with. */
export const administrator = {
  SNUG_ADMIN_EMAIL: 'operator@snug.example',
  SNUG_ADMIN_PASSWORD: 'a password for tests',
} as const

const password = 'correct horse battery'

/** Whatever plan somebody has in the end, they get a key first. */
const rich = { plan: 'enterprise' }

/** Makes accounts at a running server, as its administrator would, each with a key and signed in. */
export const peopleAt = (origin: string) => {
  let admin = ''
  let asked = 0

  /** Every request comes from an address of its own, so that no limit is met. */
  const send = async (sent: Send) => {
    const address = `198.19.${(++asked >> 8) & 255}.${asked & 255}`
    const headers = { Origin: origin, 'X-Forwarded-For': address, ...sent.headers }
    const answer = await fetch(toRequest(origin, { ...sent, headers }))
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${sent.path}: ${answer.status} ${text}`)
    return { json: JSON.parse(text), cookies: answer.headers.getSetCookie() }
  }

  const own = (cookie: string, method: string, path: string, body?: unknown) =>
    send({ method, path: `/api/snug/v1${path}`, headers: { Cookie: cookie }, body })

  const signIn = async (email: string, secret: string) => {
    const body = { email, password: secret }
    const { cookies } = await send({ path: '/api/auth/sign-in/email', body })
    return cookies.map((cookie) => cookie.split(';')[0]).join('; ')
  }

  return async (name: string, { plan = 'enterprise', role = 'member' }: Person) => {
    admin ||= await signIn(administrator.SNUG_ADMIN_EMAIL, administrator.SNUG_ADMIN_PASSWORD)
    const email = `${name}@example.com`
    const { id } = (
      await own(admin, 'POST', '/accounts', { ...rich, email, password, displayName: name, role })
    ).json
    const cookie = await signIn(email, password)
    const { key } = (await own(cookie, 'POST', '/keys', { expiresAt: null })).json
    await own(admin, 'PATCH', `/accounts/${id}`, { plan })
    return { id, key, cookie }
  }
}
