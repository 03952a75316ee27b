import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Connection } from './engine/connect'
import { changesNothing } from './engine/patch'
import { repeatInSlice } from './engine/slices'
import type { Writer } from './engine/writer'
import { putPassword } from './password'
import {
  type Account,
  accounts,
  type Link,
  links,
  type NewAccount,
  sessions,
  twoFactors,
  verifications,
} from './schema'

/** What may change about an account. */
export type AccountPatch = Partial<
  Pick<
    NewAccount,
    | 'email'
    | 'emailVerified'
    | 'displayName'
    | 'role'
    | 'plan'
    | 'planExpiresAt'
    | 'suspended'
    | 'linksStay'
  >
>

/**
 * The kind of the one row that owns the links of deleted accounts, so that no code is ever given away
 * again. It is no account to anybody: nothing answers it.
 */
const formerKind = sql`'former'`

/** Whether an account's row is that one. */
export const isNobody = (is: boolean) =>
  is ? sql`${accounts.kind} = ${formerKind}` : sql`${accounts.kind} <> ${formerKind}`

/** Whether an account is an administrator's, in the words of the index that knows them. */
export const isAdmin = sql`${accounts.role} = 'admin'`

/** A new address is vouched for by whoever gives it; the same one once more proves nothing. */
const provedBy = ({ email }: AccountPatch) =>
  email === undefined || email === null
    ? {}
    : {
        emailVerified: sql`case when ${accounts.email} = ${email} then ${accounts.emailVerified} else 1 end`,
      }

/** Links changed by one statement: a millisecond or two. */
const fewLinks = 20

/** What happens to an account after it was made; each is one conditional change with a plain answer. */
export const accountChangesStore = ({ db }: Connection, { write }: Writer) => {
  /** Whoever owns the links of deleted accounts; made when the first account is deleted. */
  const nobody = (at: Date): number => {
    const known = db.select({ id: accounts.id }).from(accounts).where(isNobody(true)).limit(1).get()
    if (known !== undefined) return known.id
    const row = { kind: formerKind, plan: 'free', suspended: true, createdAt: at, updatedAt: at }
    return db.insert(accounts).values(row).returning({ id: accounts.id }).get().id
  }

  /** Deletes so many links, all with -1, and leaves nothing of them but what keeps their codes taken. */
  const retire = (ownerId: number, at: Date, limit: number): Link[] => {
    const some = db.select({ id: links.id }).from(links).where(eq(links.ownerId, ownerId))
    const left = {
      title: null,
      notes: null,
      folder: null,
      tags: [],
      passwordHash: null,
      campaignId: null,
    }
    return db
      .update(links)
      .set({
        ...left,
        ownerId: nobody(at),
        updatedAt: at,
        deletedAt: sql`coalesce(${links.deletedAt}, ${at.getTime()})`,
      })
      .where(inArray(links.id, some.limit(limit)))
      .returning()
      .all()
  }

  return {
    /** Changes an account, its password's hash too. Suspending it or a new password ends its sessions. */
    patch: (
      id: number,
      { password, ...patch }: AccountPatch & { password?: string },
      at: Date,
    ): Promise<Account | 'missing' | 'email taken' | 'last admin'> =>
      write(() => {
        const steps = patch.role === 'member' || patch.suspended === true
        if (steps && isLastAdmin(db, id)) return 'last admin'
        if (patch.email && isTaken(db, patch.email, id)) return 'email taken'
        const account = and(eq(accounts.id, id), isNobody(false))
        const set = { ...provedBy(patch), ...patch, updatedAt: at }
        const changed =
          changesNothing(patch) && password === undefined
            ? db.select().from(accounts).where(account).get()
            : db.update(accounts).set(set).where(account).returning().get()
        if (changed === undefined) return 'missing'
        if (patch.suspended) db.delete(sessions).where(eq(sessions.accountId, id)).run()
        if (password !== undefined) putPassword(db, { ownerId: id, password, at })
        return changed
      }),

    /** Forgets the account's one-time passwords, and the devices that were trusted not to need them. */
    dropSecondFactor: (id: number) =>
      write(() => {
        db.delete(twoFactors).where(eq(twoFactors.accountId, id)).run()
        db.delete(verifications).where(eq(verifications.accountId, id)).run()
        db.update(accounts).set({ twoFactorEnabled: false }).where(eq(accounts.id, id)).run()
      }),

    /** Deletes a slice of an account's links; answers them, none: it has no more. Their codes stay taken. */
    retireLinks: (id: number, at: Date): Promise<Link[]> =>
      write(() => {
        const retired: Link[] = []
        repeatInSlice(() => {
          const some = retire(id, at, fewLinks)
          retired.push(...some)
          return some.length === fewLinks
        })
        return retired
      }),

    /** Deletes an account with all it has but the codes of its links; answers the links it deleted. */
    remove: (id: number, at: Date): Promise<Link[] | 'missing' | 'last admin'> =>
      write(() => {
        if (isLastAdmin(db, id)) return 'last admin'
        const account = and(eq(accounts.id, id), isNobody(false))
        if (db.select().from(accounts).where(account).get() === undefined) return 'missing'
        const retired = retire(id, at, -1)
        db.delete(accounts).where(account).run()
        return retired
      }),
  }
}

/** Whether an account is the only administrator who is not suspended. */
const isLastAdmin = (db: Connection['db'], id: number) => {
  const [first, second] = db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(isAdmin, eq(accounts.suspended, false)))
    .limit(2)
    .all()
  return first?.id === id && second === undefined
}

const isTaken = (db: Connection['db'], email: string, id: number) => {
  const holder = db
    .select({ id: accounts.id })
    .from(accounts)
    .where(eq(accounts.email, email))
    .get()
  return holder !== undefined && holder.id !== id
}
