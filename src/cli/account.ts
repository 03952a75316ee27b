import type { Account, AccountEdit, Core } from '../core'
import { atData } from './at-data'
import { random } from './chance'
import type { CliCommand, CommandOption, Given } from './command'
import { dateOf } from './date'

const wrongUsage = 2

const describing: readonly CommandOption[] = [
  { flags: '--name <name>', means: 'what they are called' },
  { flags: '--role <role>', means: 'admin or member' },
  { flags: '--plan <plan>', means: 'name of a plan' },
  { flags: '--until <date>', means: 'when the plan ends, like 2027-01-31; `never`' },
]
const passwordFromStdin: CommandOption = {
  flags: '--password-stdin',
  means: 'read the password from standard input; without it one is made and printed',
}

/** `snug account create`: somebody who can sign in. */
export const accountCreate: CliCommand = {
  usage: 'account create <email>',
  summary: 'make an account that can sign in, and print its password',
  options: [...describing, passwordFromStdin],
  run: (given) => {
    const wishes = wishesOf(given)
    if (wishes === null) return wrongUsage
    return atData(async ({ core }) => {
      const { password, made } = await passwordOf(given)
      const account = await core.accounts.create({ email: given.args[0], password, ...wishes })
      console.log(lineOf(account))
      if (made) console.log(`password: ${password}`)
      return 0
    })
  },
}

/** `snug account list`: everybody, customers and guests too. */
export const accountList: CliCommand = {
  usage: 'account list',
  summary: 'list the accounts, customers and guests only with --all',
  options: [{ flags: '--all', means: 'list customers and guests as well' }],
  run: ({ flag }) =>
    atData(async ({ core }) => {
      const filter = flag('all') ? {} : { kind: 'user' as const }
      for (let page = 1; ; page++) {
        const { rows } = await core.accounts.page(filter, { page, limit: 500 })
        for (const account of rows) console.log(lineOf(account))
        if (rows.length === 0) return 0
      }
    }),
}

/** `snug account set`: changes what is named. */
export const accountSet: CliCommand = {
  usage: 'account set <email>',
  summary: 'change an account, from its next request on',
  options: [
    ...describing,
    {
      flags: '--suspend',
      means: 'refuse its keys and sign-ins, stop its webhooks, close its links',
    },
    { flags: '--links-stay', means: 'keep its links open while it is suspended' },
    { flags: '--resume', means: 'undo all that' },
  ],
  run: (given) => {
    const wishes = wishesOf(given)
    if (wishes === null) return wrongUsage
    return atData(async ({ core }) => {
      const { id } = await accountOf(core, given.args[0])
      console.log(lineOf(await core.accounts.patch(id, { ...wishes, ...suspensionOf(given) })))
      return 0
    })
  },
}

/** Each suspension says anew whether the links stay. */
const suspensionOf = ({ flag }: Given): Pick<AccountEdit, 'suspended' | 'linksStay'> => {
  const linksStay = flag('linksStay')
  if (flag('suspend')) return { suspended: true, linksStay }
  if (flag('resume')) return { suspended: false }
  return linksStay ? { linksStay } : {}
}

/** `snug account reset-password`: lets people in again who lost their password or their phone. */
export const accountResetPassword: CliCommand = {
  usage: 'account reset-password <email>',
  summary: 'give an account a new password, print it, and end its sessions',
  options: [
    passwordFromStdin,
    { flags: '--drop-second-factor', means: 'stop asking for one-time passwords' },
  ],
  run: (given) =>
    atData(async ({ core }) => {
      const { id } = await accountOf(core, given.args[0])
      const { password, made } = await passwordOf(given)
      const account = await core.accounts.patch(id, { password })
      if (given.flag('dropSecondFactor')) await core.accounts.dropSecondFactor(id)
      console.log(lineOf(account))
      if (made) console.log(`password: ${password}`)
      return 0
    }),
}

/** The account of an email address; throws when there is none. */
export const accountOf = async ({ accounts }: Core, email = ''): Promise<Account> => {
  const account = await accounts.byEmail(email)
  if (account === null) throw new Error(`there is no account ${email}`)
  return account
}

/** What the options say of an account; null after wrong ones were told. */
const wishesOf = ({ text }: Given): AccountEdit | null => {
  const [role, plan, until, displayName] = ['role', 'plan', 'until', 'name'].map(text)
  if (role != null && role !== 'admin' && role !== 'member') {
    console.error('error: --role must be admin or member')
    return null
  }
  return {
    ...(role == null ? {} : { role }),
    ...(plan == null ? {} : { plan }),
    ...(until == null ? {} : { planExpiresAt: until === 'never' ? null : dateOf(until) }),
    ...(displayName == null ? {} : { displayName }),
  }
}

const passwordOf = async ({ flag }: Given) =>
  flag('passwordStdin')
    ? { password: (await Bun.stdin.text()).trim(), made: false }
    : { password: Buffer.from(random(15)).toString('base64url'), made: true }

/** An account in one line. */
export const lineOf = ({ id, kind, role, plan, planExpiresAt, email, ...account }: Account) =>
  [
    ...[id, email ?? '-', kind, role],
    planExpiresAt === null ? plan : `${plan} until ${planExpiresAt.toISOString().slice(0, 10)}`,
    ...(account.suspended ? [account.linksStay ? 'suspended, links stay' : 'suspended'] : []),
  ].join('\t')
