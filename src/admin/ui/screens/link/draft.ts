import type { Link } from '../../links-data'
import { fromField, toField } from '../../parts/moments'

/** A link as the fields of the form hold it. */
export type DraftValues = {
  destination: string
  code: string
  title: string
  domainId: string
  campaignId: string
  tags: string[]
  folder: string
  notes: string
  password: string
  removePassword: boolean
  startsAt: string
  expiresAt: string
  maxClicks: string
  redirectStatus: string
  forwardQuery: boolean
  enabled: boolean
  publicStats: boolean
}

/** The fields of a link, or of a new one. */
export const valuesOf = (link: Link | null): DraftValues => ({
  destination: link?.destination ?? '',
  code: link?.code ?? '',
  title: link?.title ?? '',
  domainId: link?.domainId ?? '',
  campaignId: link?.campaignId ?? '',
  tags: [...(link?.tags ?? [])],
  folder: link?.folder ?? '',
  notes: link?.notes ?? '',
  password: '',
  removePassword: false,
  startsAt: toField(link?.startsAt),
  expiresAt: toField(link?.expiresAt),
  maxClicks: link?.maxClicks?.toString() ?? '',
  redirectStatus: link?.redirectStatus?.toString() ?? '',
  forwardQuery: link?.forwardQuery ?? false,
  enabled: link?.enabled ?? true,
  publicStats: link?.publicStats ?? false,
})

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

/** What is sent for the fields: all of them for a new link, else what has changed. */
export const bodyOf = (values: DraftValues, link: Link | null) => {
  const whole = wholeBody(values, link)
  if (link === null) return { ...whole, ...identity(values) }
  const before = wholeBody(valuesOf(link), link)
  const changed = Object.entries(whole).filter(
    ([name, value]) =>
      JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof before]),
  )
  return Object.fromEntries(changed) as Partial<typeof whole>
}

const identity = ({ code, domainId }: DraftValues) => ({
  ...(code.trim() === '' ? {} : { code: code.trim() }),
  ...(domainId === '' ? {} : { domainId }),
})

const wholeBody = (values: DraftValues, link: Link | null) => ({
  destination: values.destination.trim(),
  title: orNull(values.title),
  campaignId: orNull(values.campaignId),
  tags: values.tags,
  folder: orNull(values.folder),
  notes: orNull(values.notes),
  startsAt: instantOf(values.startsAt, link?.startsAt),
  expiresAt: instantOf(values.expiresAt, link?.expiresAt),
  maxClicks: values.maxClicks === '' ? null : Number(values.maxClicks),
  redirectStatus:
    values.redirectStatus === '' ? null : (Number(values.redirectStatus) as 301 | 302 | 307 | 308),
  forwardQuery: values.forwardQuery,
  enabled: values.enabled,
  publicStats: values.publicStats,
  ...passwordOf(values),
})

/** An instant that was not touched keeps its seconds, which the field does not show. */
const instantOf = (field: string, before: string | null | undefined) =>
  before && field === toField(before) ? before : fromField(field)

const passwordOf = ({ password, removePassword }: DraftValues) => {
  if (removePassword) return { password: null }
  return password === '' ? {} : { password }
}
