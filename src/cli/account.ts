import type { Account, AccountEdit, Core } from '../core'
import type { CliCommand, CommandOption, Given } from './command'
import { dateOf } from './date'
import { random } from './system-clock'
import { withDataFolder } from './with-data-folder'

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

/** Goes on although somebody signed up with an address that nobody proved to be theirs. */
export const unproved: CommandOption = {
  flags: '--unproved',
  means: 'go on although nobody has proved the address to be theirs',
}

/** `snug account create`: somebody who can sign in. */
export const accountCreate: CliCommand = {
  usage: 'account create <email>',
  summary: 'make an account that can sign in, and print its password',
  options: [...describing, passwordFromStdin],
  run: (given) => {
    const wishes = wishesOf(given)
    if (wishes === null) return wrongUsage
    return withDataFolder(async ({ core }) => {
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
    withDataFolder(async ({ core }) => {
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
    unproved,
  ],
  run: (given) => {
    const wishes = wishesOf(given)
    if (wishes === null) return wrongUsage
    return withDataFolder(async ({ core }) => {
      const gives = Object.keys(wishes).some((wish) => wish !== 'displayName')
      const { id } = await (gives ? provedAccountOf : accountOf)(core, given)
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
    unproved,
  ],
  run: (given) =>
    withDataFolder(async ({ core }) => {
      const { id } = await provedAccountOf(core, given)
      const { password, made } = await passwordOf(given)
      const account = await core.accounts.patch(id, { password })
      if (given.flag('dropSecondFactor')) await core.accounts.dropSecondFactor(id)
      console.log(lineOf(account))
      if (made) console.log(`password: ${password}`)
      return 0
    }),
}

/** The account of the email address that a command names; throws when there is none. */
async function accountOf({ accounts }: Core, { args: [email = ''] }: Given): Promise<Account> {
  const account = await accounts.byEmail(email)
  if (account === null) throw new Error(`there is no account ${email}`)
  return account
}

/** The same, for what only the holder of the address may get; throws when nobody has proved to be that. */
export async function provedAccountOf(core: Core, given: Given): Promise<Account> {
  return mustBeProved(await accountOf(core, given), given)
}

/** The account, when somebody vouches for its address or the command was told to go on; throws else. */
export const mustBeProved = (account: Account, { flag }: Given): Account => {
  const isTrusted = account.role === 'admin' || account.emailVerified || account.email === null
  if (isTrusted || flag('unproved')) return account
  throw new Error(
    `somebody signed up as ${account.email} and has not proved to be that; --unproved goes on nevertheless`,
  )
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

async function passwordOf({ flag }: Given) {
  return flag('passwordStdin')
    ? { password: (await Bun.stdin.text()).trim(), made: false }
    : { password: Buffer.from(random(15)).toString('base64url'), made: true }
}

/** An account in one line. */
export const lineOf = ({ id, kind, role, plan, planExpiresAt, email, ...account }: Account) =>
  [
    id,
    email ?? '-',
    kind,
    role,
    planExpiresAt === null ? plan : `${plan} until ${planExpiresAt.toISOString().slice(0, 10)}`,
    ...(account.suspended ? [account.linksStay ? 'suspended, links stay' : 'suspended'] : []),
  ].join('\t')
