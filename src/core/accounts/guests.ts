import type { Account, Guest, GuestSession, Store } from '../../store'
import { hour } from '../../time'
import type { Clock } from '../clock'
import { hashSecret } from '../keys/keys'
import type { LinkChange } from '../links/change'
import type { Random } from '../links/code'

/** The longest a guest's link lives, in ms; then it is erased and its code is free again. */
export const guestLifetime = 7 * 24 * hour

/** Links erased and guests forgotten in one commit: the serving thread waits for it. */
const batch = 50

type Needs = {
  store: Store
  clock: Clock
  random: Random
  options: { defaultPlan: string }
  onChanged: (change: LinkChange) => void
}

/** Guests: browsers that make links without signing in; their links wait for them to do so. */
export const guests = ({ store, clock, random, options, onChanged }: Needs) => {
  async function resume(secret: string): Promise<Guest | null> {
    const guest = await store.guests.byHash(hashSecret(secret))
    if (guest === null || guest.account.suspended) return null
    const now = clock.now()
    if (guest.session.seenAt.getTime() < now - hour)
      await store.guests.see(guest.session.id, new Date(now))
    return guest
  }

  return {
    /** Makes a guest; the secret is for the browser's cookie alone, the session's id may be shown. */
    async open(): Promise<{ account: Account; session: GuestSession; secret: string }> {
      const secret = Buffer.from(random(32)).toString('base64url')
      const id = Buffer.from(random(12)).toString('hex')
      const now = new Date(clock.now())
      const guest = await store.guests.open(
        { kind: 'guest', plan: options.defaultPlan, createdAt: now, updatedAt: now },
        { id, hash: hashSecret(secret), createdAt: now, seenAt: now },
      )
      return { ...guest, secret }
    },

    /** The guest of a cookie's secret; null when it opens none. */
    resume,

    /** Moves a guest's links to an account that has just signed in; from then on they are its own. */
    async join(secret: string, account: Pick<Account, 'id'>): Promise<void> {
      const guest = await resume(secret)
      if (guest === null) return
      const now = new Date(clock.now())
      for (let left = true; left; ) {
        const moved = await store.guests.move(guest.account.id, account.id, guestLifetime, now)
        for (const link of moved) onChanged({ kind: 'updated', link })
        left = moved.length > 0
      }
    },

    /** Erases guest links that are over, clicks and all, and forgets guests who left nothing behind. */
    async purge(): Promise<void> {
      const now = clock.now()
      for (;;) {
        const over = await store.guests.over(new Date(now), batch)
        const ids = over.map(({ id }) => id)
        for (const id of ids) await store.clicks.erase(id) // there may be many: not on this thread
        const erased = await Promise.all(ids.map((id) => store.guests.eraseOver(new Date(now), id)))
        for (const link of erased) if (link !== null) onChanged({ kind: 'deleted', link })
        if (over.length < batch) break
      }
      while ((await store.guests.forget(new Date(now - guestLifetime), batch)) === batch);
    },
  }
}
