import { refusalOf, type Wire } from '../../api'
import {
  type Caller,
  type Draft,
  Fault,
  type GuestDraft,
  type Link,
  noInstant,
  readInstant,
} from '../../core'
import { links } from './dialect'
import type * as schema from './schema'

type Body = Wire<typeof schema.linkBody>
type GuestBody = Wire<typeof schema.guestBody>
type Made = Wire<typeof schema.linkMade>

/** Reads an optional instant; what is none is left for the core to refuse. */
const instantOrNull = (text: string | null | undefined): Date | null =>
  text === null || text === undefined ? null : (readInstant(text) ?? noInstant())

/** What a guest asks for, in our words. */
export const guestDraft = ({
  originalUrl,
  customAlias,
  password,
  expiresAt,
}: GuestBody): GuestDraft => ({
  destination: originalUrl,
  code: customAlias ?? null,
  password: password ?? null,
  expiresAt: instantOrNull(expiresAt),
})

/** What an account asks for, in our words. */
export const draft = (body: Body): Draft => ({
  ...guestDraft(body),
  startsAt: instantOrNull(body.startsAt),
  maxClicks: body.maxClicks ?? null,
  campaignId: body.campaignId?.toLowerCase() ?? null,
  domainId: body.domainId?.toLowerCase() ?? null,
  tags: body.tags ?? [],
  folder: body.folder ?? null,
  notes: body.notes ?? null,
})

/** A link that was just made: nobody has followed it yet. */
const data = (caller: Caller, link: Link): Made['data'] => ({
  shortCode: link.code,
  shortUrl: caller.shortUrl(link),
  originalUrl: link.destination,
  clicks: 0,
  maxClicks: link.maxClicks,
  startsAt: link.startsAt?.toISOString() ?? null,
  tags: link.tags,
  folder: link.folder,
  notes: link.notes,
  expiresAt: link.expiresAt?.toISOString() ?? null,
})

/** A new link. */
export const made = (caller: Caller, link: Link): Made => ({
  success: true,
  message: 'Short link created successfully',
  data: data(caller, link),
})

type BulkData = Wire<typeof schema.bulkMade>['data']

/** What became of each item of a bulk request, as far as it can be read. */
export const bulkData = (
  caller: Caller,
  items: readonly unknown[],
  outcomes: readonly (Link | Fault)[],
): BulkData => ({
  created: outcomes.flatMap((link) => (link instanceof Fault ? [] : [data(caller, link)])),
  errors: outcomes.flatMap((fault, index) =>
    fault instanceof Fault
      ? [
          {
            index,
            originalUrl: textOf(items[index], 'originalUrl'),
            customAlias: textOf(items[index], 'customAlias'),
            message: refusalOf(fault, links.faults).message,
          },
        ]
      : [],
  ),
})

const textOf = (item: unknown, field: string): string | null => {
  const value: unknown = Object(item)[field]
  return typeof value === 'string' ? value : null
}

/** The answer to a bulk request that made some links. */
export const bulkMade = (data: BulkData): Wire<typeof schema.bulkMade> => ({
  success: true,
  message: `${data.created.length} short links created, ${data.errors.length} refused`,
  data,
})

/** The answer to a bulk request that made none. */
export const bulkRefused = (data: BulkData): Wire<typeof schema.bulkRefused> => ({
  success: false,
  message: 'Invalid request payload: none of the links could be created',
  code: 'input_invalid',
  data,
})
