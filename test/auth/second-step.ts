import { expect } from 'bun:test'
import { totp } from '../ui/totp'
import { type createBrowser, password } from './browser'

type Browser = ReturnType<typeof createBrowser>

/** What switching the second step on answers. */
export type Enrolment = { totpURI: string; backupCodes: string[] }

/** The base32 secret that an authenticator app is given. */
export const secretOf = ({ totpURI }: Enrolment) =>
  new URL(totpURI).searchParams.get('secret') ?? ''

/** The code that an authenticator app shows; `ahead` steps of 30 seconds later, for each counts once. */
export const codeOf = (enrolment: Enrolment, ahead = 0) =>
  totp(secretOf(enrolment), Date.now() + ahead * 30_000)

/** Signs in and switches the second step on, with the code of a step ago. */
export const enrol = async (browser: Browser, name: string): Promise<Enrolment> => {
  await browser.signIn(name)
  const enabled = await browser.post('/two-factor/enable', { password })
  expect(enabled.status).toBe(200)
  const enrolment = (await enabled.json()) as Enrolment
  const verify = () => browser.post('/two-factor/verify-totp', { code: codeOf(enrolment, -1) })
  const first = await verify()
  if (!first.ok) expect((await verify()).status).toBe(200) // the first came a moment too late
  return enrolment
}
