import { t } from 'elysia'
import { orNull } from './schema'
import { account, plan } from './schema-accounts'

/** Answer of `GET /api/snug/v1/session`. */
export const session = t.Object({
  account: orNull(account),
  plan: orNull(plan),
  signedIn: t.Boolean({ description: 'Whether a sign-in counts here, rather than a key' }),
  baseUrl: t.String({ description: 'What short URLs begin with, no slash at the end' }),
  public: t.Boolean({ description: 'Whether strangers may make links' }),
  signup: t.Union([t.Literal('off'), t.Literal('open')], {
    description: 'Whether strangers may make accounts',
  }),
  needsSetUp: t.Boolean({ description: 'Whether there is no administrator yet' }),
  providers: t.Array(t.Object({ id: t.String(), name: t.String() }), {
    description: 'Ways to sign in beside a password',
  }),
  version: t.String(),
})

/** Body of `POST /api/snug/v1/setup`. */
export const setUpBody = t.Object({
  token: t.String({
    maxLength: 256,
    description: 'The one of the link that the server printed last',
  }),
  email: t.String({ maxLength: 254 }),
  password: t.String({ maxLength: 256, description: '8 to 256 characters' }),
})

/** Answer of `POST /api/snug/v1/setup`. */
export const setUpAnswer = account
