import { type Caller, Fault } from '../core'
import type { AccountLine, Campaign, Domain, Link, NewClick, Whose } from '../store'
import type { ReadLine } from './lines'
import type { Data } from './with-data-folder'

type Outcome = 'added' | 'known' | null

const batchSize = 1000

/** Takes the lines of an export one after the other; what they refer to is found under its id here. */
export const receiver = (data: Data) => {
  const { store, core } = data
  const { transfer } = store
  const caller = somebodyAt(data)
  const people = createPeople(store)
  const campaigns = new Set<string>()
  const domains = new Map<string, { id: string; accountId: number }>()
  let current: { from: number; to: number; skip: number } | null = null
  let batch: NewClick[] = []

  async function flush() {
    if (batch.length > 0) await store.clicks.append(batch)
    batch = []
  }

  async function takeCampaign(row: Campaign) {
    const accountId = await people.here(row.accountId)
    if (!(await transfer.campaign({ ...row, accountId })))
      refuse('id', 'belongs to the campaign of another account here')
    campaigns.add(row.id)
  }

  async function takeDomain(row: Domain) {
    const accountId = await people.here(row.accountId)
    const id = await transfer.domain({ ...row, accountId })
    if (id === null) refuse('id', 'belongs to the domain of another account here')
    else domains.set(row.id, { id, accountId })
  }

  /** The domain of a link here, which must be its owner's; a deleted link only keeps its code taken. */
  const domainOf = ({ domainId, ownerId, deletedAt }: Link): string => {
    const domain = domains.get(domainId)
    if (domainId === '' || deletedAt !== null) return domain?.id ?? domainId
    if (domain === undefined || domain.accountId !== people.whose(ownerId))
      return refuse('domainId', 'is none of its owner’s domains')
    return domain.id
  }

  async function takeLink(link: Link): Promise<Outcome> {
    if (link.campaignId !== null && !campaigns.has(link.campaignId))
      refuse('campaignId', 'is no campaign of this file')
    const owner = people.whose(link.ownerId)
    const bound = link.boundTo === null ? null : people.whose(link.boundTo)
    const stored = await transfer.link({ ...link, domainId: domainOf(link) }, owner, bound)
    if (stored === null) throw new Fault('code_taken', { field: link.code })
    people.learn(link, stored)
    current = { from: link.id, to: stored.id, skip: stored.clicks }
    return stored.outcome
  }

  /** Clicks come in order, so those that are stored already are the first ones. */
  async function takeClick(click: NewClick) {
    if (current === null || current.from !== click.linkId) return
    if (current.skip-- > 0) return
    batch.push({ ...click, linkId: current.to })
    if (batch.length >= batchSize) await flush()
  }

  /** Judges a line, then stores it; says what became of a link. A fault leaves it out, with its clicks. */
  async function take(line: ReadLine | null): Promise<Outcome> {
    switch (line?.type) {
      case 'account':
        await people.take(core.imported.account(line))
        return null
      case 'campaign':
        await takeCampaign(core.imported.campaign(line.campaign))
        return null
      case 'domain':
        await takeDomain(core.imported.domain(caller, line.domain))
        return null
      case 'link':
        await flush()
        current = null
        return takeLink(await core.imported.link(caller, line.link))
      case 'click':
        await takeClick(core.imported.click(line.click))
        return null
      default:
        return null
    }
  }

  return {
    take,
    async finish() {
      await flush()
      await people.finish()
    },
  }
}

/** Accounts of the file, and who they are here; some are known only once a link of theirs comes. */
const createPeople = ({ transfer }: Data['store']) => {
  const people = new Map<number, Whose>()

  const whose = (id: number): Whose =>
    people.get(id) ?? refuse('account', `the line of account ${id} is missing or was refused`)

  /** The id of an account here; it is added when it is not known by now. */
  async function here(id: number): Promise<number> {
    const known = whose(id)
    const there = typeof known === 'number' ? known : await transfer.addAccount(known)
    people.set(id, there)
    return there
  }

  return {
    whose,
    here,

    /** Finds an account or adds it; one without address and keys only when it has something. */
    async take(line: AccountLine) {
      const { id, email } = line.account
      people.delete(id)
      const found = await transfer.account(line)
      if (found === 'email unproved')
        refuse(
          'email',
          `nobody proved here that ${email} is theirs: let them, or delete the account`,
        )
      if (found === 'id taken') refuse('stableId', 'belongs to an account of another kind here')
      people.set(id, typeof found === 'number' ? found : line)
    },

    /** Notes whose a link turned out to be. */
    learn: (link: Pick<Link, 'ownerId' | 'boundTo'>, stored: typeof link) => {
      people.set(link.ownerId, stored.ownerId)
      if (link.boundTo !== null && stored.boundTo !== null) people.set(link.boundTo, stored.boundTo)
    },

    /** Adds the accounts that have nothing but will be known again. */
    async finish() {
      for (const [id, one] of people)
        if (typeof one !== 'number' && one.account.stableId !== null) await here(id)
    },
  }
}

/** Whoever is at the keyboard, as far as the rules ask: from where this server is reached. */
const somebodyAt = ({ config }: Data): Caller => {
  const origin = config.baseUrl ?? 'http://localhost'
  const nobody = { account: null, key: null, session: null, secret: null }
  return { address: '', origin, shortUrl: () => origin, ...nobody }
}

const refuse = (field: string, why: string): never => {
  throw new Fault('input_invalid', { field, reason: why })
}
