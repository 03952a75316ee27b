import type { Wire } from '../../api'
import { type CampaignWithLinks, type Domain, txtNames } from '../../core'
import type * as schema from './schema-groups'
import { instant } from './view'

/** A campaign. */
export const campaign = ({
  id,
  name,
  links,
  createdAt,
}: CampaignWithLinks): Wire<typeof schema.campaign> => ({
  id,
  name,
  links,
  createdAt: instant(createdAt),
})

/** A domain, and how to prove that it is one's own. */
export const domain = ({
  id,
  host,
  verified,
  txtRecord,
  createdAt,
}: Domain): Wire<typeof schema.domain> => ({
  id,
  host,
  verified,
  txtRecord,
  txtName: txtNames(host)[0] ?? host,
  createdAt: instant(createdAt),
})
