import type { Link } from '../../store'

/** The states a link can be in when somebody follows it. */
export const linkStatuses = [
  'open',
  'locked',
  'early',
  'expired',
  'spent',
  'disabled',
  'closed',
  'deleted',
] as const

export type LinkStatus = (typeof linkStatuses)[number]

/** What a link is judged by. */
export type Judged = Pick<
  Link,
  'deletedAt' | 'enabled' | 'startsAt' | 'expiresAt' | 'maxClicks' | 'spent' | 'passwordHash'
>

/** Judges whether a link is open at this moment, whoever owns it; pure. */
export const linkStatus = (link: Judged, now: number): Exclude<LinkStatus, 'closed'> => {
  if (link.deletedAt !== null) return 'deleted'
  if (!link.enabled) return 'disabled'
  if (link.expiresAt !== null && link.expiresAt.getTime() <= now) return 'expired'
  if (link.startsAt !== null && link.startsAt.getTime() > now) return 'early'
  if (link.maxClicks !== null && link.spent >= link.maxClicks) return 'spent'
  return link.passwordHash === null ? 'open' : 'locked'
}

/** Whether a link in this state is over: 410 for everybody, in every dialect. */
export const isOver = (state: LinkStatus) =>
  state !== 'open' && state !== 'locked' && state !== 'early'
