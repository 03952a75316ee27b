import type { Account, AccountFilter, AccountPatch, Link, NewUser, Store } from '../../store'
import type { Clock } from '../clock'
import type { Hosts } from '../domains/hosts'
import { Fault } from '../fault'
import type { LinkChange } from '../links/change'
import type { Passwords } from './passwords'
import { readEmail, readName, readPassword } from './person'
import type { Suspensions } from './suspensions'

/** What is asked of a new account; without a password it can only sign in by a provider. */
export type AccountDraft = {
  email: unknown
  password?: string | null | undefined
  displayName?: string | undefined
  role?: Account['role'] | undefined
  plan?: string | undefined
  planExpiresAt?: Date | null | undefined
}

/** What is asked of an account that exists; what is left out stays. */
export type AccountEdit = Partial<AccountDraft> & {
  suspended?: boolean | undefined
  /** whether its links stay open while it is suspended; ends when it may go on */
  linksStay?: boolean | undefined
}

type Needs = {
  store: Store
  clock: Clock
  options: { defaultPlan: string }
  passwords: Passwords
  hosts: Hosts
  suspensions: Pick<Suspensions, 'refresh'>
  onChanged: (change: LinkChange) => void
}

/** A plan must be one of this server, and its end an instant. Fault: `input_invalid`. */
async function mustBePlan(store: Store, { plan, planExpiresAt }: AccountEdit) {
  if (plan !== undefined && (await store.plans.byName(plan)) === null)
    throw refusal('plan', 'is no plan of this server')
  if (planExpiresAt && Number.isNaN(planExpiresAt.getTime()))
    throw refusal('planExpiresAt', 'must be an ISO date and time')
}

/** Accounts: who they are, what they may do, and when that ends. */
export const accounts = ({ store, clock, options, passwords, hosts, ...given }: Needs) => {
  const { suspensions, onChanged } = given

  /** The row of a new user; an administrator or the command line vouches for the address. */
  const newUser = ({
    displayName = '',
    role,
    plan,
    planExpiresAt,
    email,
  }: AccountDraft): NewUser => {
    const now = new Date(clock.now())
    return {
      kind: 'user',
      role: role ?? 'member',
      plan: plan ?? options.defaultPlan,
      email: readEmail(email),
      emailVerified: true,
      displayName: readName(displayName),
      planExpiresAt: planExpiresAt ?? null,
      createdAt: now,
      updatedAt: now,
    }
  }

  async function hashOf(password: string | null | undefined) {
    return password == null ? null : passwords.hash('signIn', readPassword(password))
  }

  return {
    newUser,

    /** Makes an account of kind `user`. Faults: `input_invalid`, `email_taken`. */
    async create(draft: AccountDraft): Promise<Account> {
      const user = newUser(draft)
      await mustBePlan(store, draft)
      const added = await store.accounts.insertUser(user, await hashOf(draft.password))
      if (added === 'email taken') throw new Fault('email_taken')
      return added
    },

    /** One account. Fault: `record_missing`. */
    async byId(id: number): Promise<Account> {
      const account = await store.accounts.byId(id)
      if (account === null) throw missing()
      return account
    },

    /** The account of an email address in any spelling; null when none has it. */
    async byEmail(email: string): Promise<Account | null> {
      return store.accounts.byEmail(readEmail(email))
    },

    /** A page of accounts, oldest first, and how many there are. */
    async page(
      filter: AccountFilter,
      { page, limit }: { page: number; limit: number },
    ): Promise<{ rows: Account[]; total: number }> {
      const offset = (page - 1) * limit
      const [found] = await store.ask([{ ask: 'accounts', filter, offset, limit }] as const)
      return found
    },

    /**
     * Changes an account, from the next request on: suspended, none of its keys and sessions counts, and
     * its links are closed unless they stay; a new password ends its sessions. Faults: `record_missing`, `email_taken`, `input_invalid`.
     */
    async patch(id: number, edit: AccountEdit): Promise<Account> {
      const patch = patchOf(edit)
      await mustBePlan(store, edit)
      const hash = await hashOf(edit.password)
      const changed = await store.accounts.patch(
        id,
        hash === null ? patch : { ...patch, password: hash },
        new Date(clock.now()),
      )
      if (typeof changed === 'string') throw refusals[changed]()
      await suspensions.refresh()
      return changed
    },

    /** Stops asking an account for a second factor. */
    dropSecondFactor: (id: number) => store.accounts.dropSecondFactor(id),

    /**
     * Deletes an account with its keys and domains; its links answer 410 from the next request on and
     * their codes stay taken. Faults: `record_missing`, `input_invalid`.
     */
    async remove(id: number): Promise<void> {
      const at = new Date(clock.now())
      const outcome = await store.accounts.patch(id, { suspended: true }, at)
      if (typeof outcome === 'string') throw refusals[outcome]()
      await suspensions.refresh()
      const tell = (links: readonly Link[]) => {
        for (const link of links)
          if (link.deletedAt?.getTime() === at.getTime()) onChanged({ kind: 'deleted', link })
      }
      for (let left = true; left; ) {
        const some = await store.accounts.retireLinks(id, at)
        tell(some)
        left = some.length > 0
      }
      const last = await store.accounts.remove(id, at)
      if (typeof last === 'string') throw refusals[last]()
      tell(last)
      await hosts.refresh()
    },
  }
}

const patchOf = (edit: AccountEdit): AccountPatch => ({
  ...(edit.email === undefined ? {} : { email: readEmail(edit.email) }),
  ...(edit.displayName === undefined ? {} : { displayName: readName(edit.displayName) }),
  ...(edit.role === undefined ? {} : { role: edit.role }),
  ...(edit.plan === undefined ? {} : { plan: edit.plan }),
  ...(edit.planExpiresAt === undefined ? {} : { planExpiresAt: edit.planExpiresAt }),
  ...(edit.suspended === undefined ? {} : { suspended: edit.suspended }),
  ...(edit.linksStay === undefined ? {} : { linksStay: edit.linksStay }),
  // the next suspension closes its links again, unless that one says otherwise
  ...(edit.suspended === false && edit.linksStay === undefined ? { linksStay: false } : {}),
})

const refusal = (field: string, reason: string) => new Fault('input_invalid', { field, reason })
const missing = () => new Fault('record_missing', { field: 'account' })

const refusals = {
  missing,
  'email taken': () => new Fault('email_taken'),
  'last admin': () => refusal('account', 'is the last administrator'),
} as const
