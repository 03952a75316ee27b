import type { Link, NewLink } from '../../store'
import type { Passwords } from '../accounts/passwords'
import type { Caller } from '../caller'
import type { Clock } from '../clock'
import { plainHost } from '../domains/host'
import { defaultDomain, type Hosts } from '../domains/hosts'
import { Fault } from '../fault'
import type { codes } from './code'
import { parseDestination } from './destination'
import { type Draft, readSettings } from './draft'

/** Everything of a new link but who owns it. */
export type Unowned = Omit<NewLink, 'ownerId'>

/** More random codes than this in a row can't be taken by chance. */
const mostDraws = 20

export type NewLinks = ReturnType<typeof newLinks>

type Needs = {
  hosts: Hosts
  clock: Clock
  codes: ReturnType<typeof codes>
  passwords: Passwords
  /** counts a new password of the caller's. Fault: `rate_limited` */
  chargePassword: (caller: Caller) => void
  /** whether nobody may link to an address */
  isUnsafe: (href: string) => Promise<boolean>
}

/** Turns drafts into rows, and rows into links with a code of their own. */
export const newLinks = ({ hosts, clock, codes, passwords, isUnsafe, ...given }: Needs) => {
  /** A destination that is fine, in the caller's own spelling. */
  async function judgeDestination(caller: Caller, value: unknown): Promise<string> {
    const { text, href, host } = parseDestination(value)
    const ours = plainHost(new URL(caller.origin).host)
    if (host === ours || hosts.domainOf(host) !== defaultDomain) throw new Fault('url_invalid')
    if (await isUnsafe(href)) throw new Fault('url_unsafe')
    return text
  }

  /** Judges a wanted code's letters; its length is the dialect's to judge. */
  const judgeCode = (code: string) => {
    const flaw = codes.flawOf(code)
    if (flaw !== null) throw new Fault(flaw === 'reserved' ? 'code_reserved' : 'code_invalid')
  }

  async function hashPassword(caller: Caller, password: string): Promise<string> {
    given.chargePassword(caller)
    return passwords.hash('newLink', password)
  }

  return {
    judgeDestination,

    /** The hash of a link's new password. Faults: `rate_limited`, `passwords_busy`. */
    hashPassword,

    /** Judges a draft whole; answers its row, without a code unless it wants one. */
    async read(caller: Caller, draft: Draft): Promise<Omit<Unowned, 'code'>> {
      const destination = await judgeDestination(caller, draft.destination)
      const now = new Date(clock.now())
      const settings = readSettings(draft, clock.now())
      if (draft.code != null) judgeCode(draft.code)
      const passwordHash = draft.password ? await hashPassword(caller, draft.password) : null
      return { destination, ...settings, passwordHash, createdAt: now, updatedAt: now }
    },

    /** Adds a link under the wanted code, or under random ones until one is free. Fault: `code_taken`. */
    async insert(
      wanted: string | null | undefined,
      add: (code: string) => Promise<Link | null>,
    ): Promise<Link> {
      for (let draw = 0; draw < (wanted ? 1 : mostDraws); draw++) {
        const link = await add(wanted || codes.next())
        if (link !== null) return link
      }
      if (wanted) throw new Fault('code_taken')
      throw new Error(`${mostDraws} random codes in a row were taken`)
    },
  }
}
