import type { Link } from '../core'
import type { NewClick } from '../store'

/** A link as webhooks tell of it. */
export const link = ({ id, code, destination, title, tags, folder, enabled, ...row }: Link) => ({
  id,
  code,
  destination,
  title,
  tags,
  folder,
  enabled,
  domainId: row.domainId,
  campaignId: row.campaignId,
  maxClicks: row.maxClicks,
  hasPassword: row.passwordHash !== null,
  startsAt: row.startsAt,
  expiresAt: row.expiresAt,
  createdAt: row.createdAt,
})

/** A click as webhooks tell of it: nothing that could be followed back to a person. */
export const click = (
  { linkId, at, country, browser, os, device, referrer, language, bot }: NewClick,
  { code }: Link,
) => ({
  linkId,
  code,
  at: new Date(at).toISOString(),
  country,
  browser,
  os,
  device,
  referrer: referrer.origin,
  language,
  bot,
})
