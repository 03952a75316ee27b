import type { SendMail } from '../mail'

/** Mails a customer the key that their plan was granted to, as the shorten dialect's document promises. */
export const grantMail = (send: SendMail, to: string, grant: { key: string; plan: string }) =>
  send({
    to,
    subject: 'Your key for more statistics',
    text: `Your links are on the plan «${grant.plan}» now. Send this key with your requests to read all of their statistics:\n\n  X-Customer-Key: ${grant.key}\n\nKeep it: whoever has it can do what you can.\n`,
  })
