import { t } from 'elysia'
import { accountQuery, instant, pageQuery } from './schema'

/** The `id` of a campaign or a domain in a path. */
export const recordParams = t.Object({
  id: t.String({ pattern: '^[0-9a-f]{24}$', description: '24 hex digits' }),
})

/** Which part of a list of an account's things is meant. */
export const groupQuery = t.Object({ ...pageQuery.properties, ...accountQuery.properties })

/** A campaign. */
export const campaign = t.Object({
  id: t.String(),
  name: t.String(),
  links: t.Integer({ description: 'Links in it, deleted ones left out' }),
  createdAt: instant,
})

/** Body that names a campaign. */
export const campaignBody = t.Object({ name: t.String({ description: '1 to 100 characters' }) })

/** Body of `PATCH /api/snug/v1/campaigns/{id}`. */
export const campaignPatch = t.Partial(campaignBody)

/** A domain. */
export const domain = t.Object({
  id: t.String(),
  host: t.String(),
  verified: t.Boolean({ description: 'Whether its links are served' }),
  txtRecord: t.String({ description: 'The TXT record that proves it is yours' }),
  txtName: t.String({ description: 'Where the record belongs; the host itself will do, too' }),
  createdAt: instant,
})

/** Body that names a domain. */
export const domainBody = t.Object({
  host: t.String({
    description: 'A host name that leads to this server',
    examples: ['go.example'],
  }),
})

/** Body of `PATCH /api/snug/v1/domains/{id}`. */
export const domainPatch = t.Partial(domainBody)

/** Body of `POST /api/snug/v1/domains/{id}/verify`; none at all will do. */
export const verifyBody = t.Optional(
  t.Object({
    force: t.Optional(t.Boolean({ description: 'Do without the record; administrators only' })),
  }),
)
