import type { Link, Store } from '../../store'
import { guestLifetime, type guests } from '../accounts/guests'
import type { Caller } from '../caller'
import type { Clock } from '../clock'
import { Fault } from '../fault'
import type { LinkChange } from './change'
import { type Draft, refuse } from './draft'
import type { NewLinks } from './new-link'

type Needs = {
  store: Store
  clock: Clock
  options: { public: boolean }
  guests: ReturnType<typeof guests>
  newLinks: NewLinks
  onChanged: (change: LinkChange) => void
}

/** What a stranger may ask of a link; it ends within the lifetime of guests' links. */
export type GuestDraft = Pick<Draft, 'destination' | 'code' | 'password' | 'expiresAt'>

/** Links of strangers: they belong to a browser's guest session until somebody signs in there. */
export const guestLinks = ({ store, clock, options, guests, newLinks, onChanged }: Needs) => ({
  /**
   * Makes a link for the guest whose secret is given, or for a new one, whose secret is answered for the
   * browser's cookie. Faults: `creation_closed`, `url_*`, `code_*`, `input_invalid`.
   */
  async create(
    caller: Caller,
    known: string | null,
    draft: GuestDraft,
  ): Promise<{ link: Link; secret: string | null }> {
    if (!options.public) throw new Fault('creation_closed')
    const end = new Date(clock.now() + guestLifetime)
    if (draft.expiresAt && draft.expiresAt > end) refuse('expiresAt', 'must be within 7 days')
    const row = await newLinks.read(caller, { ...draft, expiresAt: draft.expiresAt ?? end })
    const resumed = known === null ? null : await guests.resume(known)
    const guest = resumed ? { ...resumed, secret: null } : await guests.open()
    const ofGuest = {
      ownerId: guest.account.id,
      guestSessionId: guest.session.id,
      anonymous: true,
      publicStats: true,
    }
    const link = await newLinks.insert(draft.code, (code) =>
      store.links.insert({ ...row, ...ofGuest, code }),
    )
    onChanged({ kind: 'created', link })
    return { link, secret: guest.secret }
  },
})
