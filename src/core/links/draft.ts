import { bounds } from '../../bounds'
import { Fault } from '../fault'

/** What a caller asks of a new link; the wire has been read, nothing has been judged. */
export type Draft = {
  destination: unknown
  code?: string | null
  title?: string | null
  password?: string | null
  startsAt?: Date | null
  expiresAt?: Date | null
  maxClicks?: number | null
  campaignId?: string | null
  domainId?: string | null
  tags?: readonly string[] | null
  folder?: string | null
  notes?: string | null
  redirectStatus?: number | null
  forwardQuery?: boolean
  enabled?: boolean
  publicStats?: boolean
}

/** The statuses by which a link may lead on. */
export const redirectStatuses = [301, 302, 307, 308] as const

/** Judges a draft's settings; `now` is what it may not expire before. Fault: `input_invalid` with the field and why. */
export const readSettings = (draft: Omit<Draft, 'destination'>, now: number) => {
  refuseDates(draft, now)
  refusePassword(draft.password)
  const { maxClicks = null, redirectStatus = null } = draft
  if (maxClicks !== null && !(Number.isSafeInteger(maxClicks) && maxClicks >= 1))
    refuse('maxClicks', 'must be a positive whole number')
  if (redirectStatus !== null && !redirectStatuses.some((known) => known === redirectStatus))
    refuse('redirectStatus', 'must be 301, 302, 307 or 308')
  return {
    title: within('title', draft.title),
    folder: within('folder', draft.folder),
    notes: within('notes', draft.notes),
    tags: readTags(draft.tags ?? []),
    startsAt: draft.startsAt ?? null,
    expiresAt: draft.expiresAt ?? null,
    maxClicks,
    redirectStatus,
    campaignId: draft.campaignId ?? null,
    domainId: draft.domainId ?? '',
    forwardQuery: draft.forwardQuery ?? false,
    enabled: draft.enabled ?? true,
    publicStats: draft.publicStats ?? false,
  }
}

/** Refuses a field. */
export const refuse = (field: string, reason: string): never => {
  throw new Fault('input_invalid', { field, reason })
}

const refuseDates = ({ startsAt, expiresAt }: Omit<Draft, 'destination'>, now: number) => {
  for (const [field, date] of Object.entries({ startsAt, expiresAt }))
    if (date && Number.isNaN(date.getTime())) refuse(field, 'must be an ISO date and time')
  if (expiresAt && expiresAt.getTime() <= now) refuse('expiresAt', 'must be in the future')
  if (expiresAt && startsAt && expiresAt <= startsAt) refuse('expiresAt', 'must be after startsAt')
}

const refusePassword = (password: string | null | undefined) => {
  if (password === null || password === undefined) return
  const { passwordLeast, passwordMost } = bounds
  if (password.length < passwordLeast || password.length > passwordMost)
    refuse('password', `must have ${passwordLeast} to ${passwordMost} characters`)
}

const within = (field: 'title' | 'folder' | 'notes', text: string | null | undefined) => {
  if (text === null || text === undefined || text === '') return null
  if (text.length > bounds[field]) refuse(field, `must have at most ${bounds[field]} characters`)
  return text
}

const readTags = (tags: readonly string[]): string[] => {
  if (tags.length > bounds.tags) refuse('tags', `must be at most ${bounds.tags}`)
  for (const tag of tags)
    if (!/^[A-Za-z0-9_-]+$/.test(tag) || tag.length > bounds.tag)
      refuse('tags', `must each have 1 to ${bounds.tag} letters, digits, underscores or hyphens`)
  return [...new Set(tags)]
}
