import { type Core, Fault, readEmail } from '../core'
import type { Store } from '../store'
import type { Background } from './background'
import type { SignInRequest } from './forward'
import { refusal } from './refusal'

type Needs = { core: Core; store: Pick<Store, 'proofs'>; background: Background }

/**
 * Answers whoever asks for a mail that leads to a new password before anything is looked up: neither
 * what is said nor how long it takes, nor what is written afterwards, tells whether there is an account.
 */
export function answerResetRequest(
  { core, store, background }: Needs,
  { body }: SignInRequest,
  ask: () => Promise<Response>,
): Response {
  const email = addressOf(body.email)
  if (email === null) return refusal(400, 'INVALID_EMAIL', 'Invalid email')
  background.begin(async () => {
    const account = await core.accounts.byEmail(email)
    await (account === null ? store.proofs.writeAndForget(new Date(core.clock.now())) : ask())
  })
  return Response.json({
    status: true,
    message: 'If there is an account with this address, a mail is on its way',
  })
}

const addressOf = (email: unknown): string | null => {
  try {
    return readEmail(email)
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}
