import { timingSafeEqual } from 'node:crypto'
import { createOTP } from '@better-auth/utils/otp'
import { createAuthMiddleware, getSessionFromCtx } from 'better-auth/api'
import { symmetricDecrypt } from 'better-auth/crypto'
import type { BetterAuthPlugin } from 'better-auth/types'
import type { Clock } from '../core'
import type { Store } from '../store'

type Needs = { store: Pick<Store, 'secondFactors'>; clock: Pick<Clock, 'now'> }

/** What the hook reads of a request. */
type Context = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0]

/** How long a code is shown, in ms. */
const period = 30_000

/** Steps before and after this one that are looked at: one more than the library takes. */
const reach = 2

/**
 * Lets each one-time code through once (RFC 6238, 5.2): the library hears of a code only after its step
 * was taken, which one of two parallel sign-ins does. Any other it is told as an empty code, which it
 * refuses and counts like every wrong one.
 */
export const onlyOnce = (needs: Needs) =>
  ({
    id: 'codes-count-once',
    hooks: {
      before: [
        {
          matcher: ({ path }) => path === '/two-factor/verify-totp',
          handler: createAuthMiddleware(async (context) => {
            const code: unknown = context.body?.code
            if (typeof code !== 'string' || (await takeCode(needs, context, code))) return
            return { context: { body: { code: '' } } }
          }),
        },
      ],
    },
  }) satisfies BetterAuthPlugin

/** Takes the step of a code that is right and was not taken; returns whether it did. */
async function takeCode({ store, clock }: Needs, context: Context, code: string) {
  const account = await accountAsked(context)
  if (account === null) return false
  const where = [{ field: 'userId', value: account }]
  const row = await context.context.adapter.findOne<{ secret: string }>({
    model: 'twoFactor',
    where,
  })
  if (row === null) return false
  const secret = await symmetricDecrypt({ key: context.context.secretConfig, data: row.secret })
  const now = Math.floor(clock.now() / period)
  const step = await stepOf(secret, code, now)
  return step !== null && store.secondFactors.takeStep(Number(account), step, now + reach)
}

/** The step whose code this is, of those around now; the latest, should two have the same code. */
async function stepOf(secret: string, code: string, now: number): Promise<number | null> {
  const otp = createOTP(secret)
  let found: number | null = null
  for (let step = now - reach; step <= now + reach; step++)
    if (isSame(await otp.hotp(step), code)) found = step
  return found
}

/** Whether two texts are the same, without the time it takes telling how much of them is. */
const isSame = (one: string, other: string) => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** The account whose code is asked for: of the session, or of the sign-in that is half-way. */
async function accountAsked(context: Context): Promise<string | null> {
  const session = await getSessionFromCtx(context)
  if (session !== null) return session.user.id
  const { name } = context.context.createAuthCookie('two_factor')
  const identifier = await context.getSignedCookie(name, context.context.secret)
  if (!identifier) return null
  const proof = await context.context.internalAdapter.findVerificationValue(identifier)
  return proof?.value ?? null
}
