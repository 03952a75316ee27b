import { readEmail } from '../core'
import { createMail } from '../mail'
import { lineOf } from './account'
import type { CliCommand } from './command'
import { dateOf } from './date'
import { grantMail } from './grant-mail'
import { withDataFolder } from './with-data-folder'

const wrongUsage = 2

/** `snug grant`: puts the customer of a key on a plan. */
export const grant: CliCommand = {
  usage: 'grant <customer-key>',
  summary: 'put the customer of a key on a plan, from their next request on',
  options: [
    { flags: '--plan <plan>', means: 'name of a plan', required: true },
    { flags: '--until <date>', means: 'when the plan ends, like 2027-01-31; without it never' },
    { flags: '--mail <address>', means: 'whom to mail the key (SNUG_SMTP_URL)' },
  ],
  run: ({ args: [key = ''], text }) => {
    const [plan, date] = [text('plan') ?? '', text('until')]
    const until = date === null ? null : dateOf(date)
    if (Number.isNaN(until?.getTime())) {
      console.error('error: --until must be a date like 2027-01-31')
      return wrongUsage
    }
    return withDataFolder(async ({ core, config }) => {
      const address = text('mail')
      const send = address === null ? null : createMail(config)
      const to = address === null ? null : readEmail(address)
      if (to !== null && send === null) {
        console.error('error: --mail needs SNUG_SMTP_URL; nothing was granted')
        return wrongUsage
      }
      console.log(lineOf(await core.accounts.grant(key, { plan, until })))
      if (to !== null && send !== null) await grantMail(send, to, { key, plan })
      return 0
    })
  },
}
