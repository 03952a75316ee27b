import type { LinksAsked } from '../../links-data'

/** The states of a link, as the filter names them. */
export const states = {
  open: 'Open',
  early: 'Not started',
  expired: 'Expired',
  spent: 'Used up',
  disabled: 'Switched off',
  deleted: 'Deleted',
} as const

export type State = keyof typeof states

/** The orders of the list; a minus turns one round. */
const sorts = ['createdAt', 'clicks', 'lastClickAt', 'code'] as const
export type Sort = (typeof sorts)[number] | `-${(typeof sorts)[number]}`

const perPage = 25

/** What the list is asked for, from the texts of the address; what makes no sense is left out. */
export const readAsked = (values: Readonly<Record<string, string>>) => {
  const { q, tag, folder, campaignId, domainId, state, sort = '-createdAt', page } = values
  const isState = state !== undefined && Object.hasOwn(states, state)
  return {
    ...(q === undefined ? {} : { q }),
    ...(tag === undefined ? {} : { tag }),
    ...(folder === undefined ? {} : { folder }),
    ...(campaignId === undefined ? {} : { campaignId }),
    ...(domainId === undefined ? {} : { domainId }),
    ...(isState ? { state: state as State } : {}),
    sort: (sorts.some((known) => known === sort.replace(/^-/, '')) ? sort : '-createdAt') as Sort,
    page: Math.max(1, Number.parseInt(page ?? '', 10) || 1),
    limit: perPage,
  } satisfies LinksAsked
}
