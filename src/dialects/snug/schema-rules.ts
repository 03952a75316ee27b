import { t } from 'elysia'
import { orNull, whole, wholeListOf } from './schema'
import { plan } from './schema-accounts'

/** Answer of `GET /api/snug/v1/plans`. */
export const plans = wholeListOf(plan)

/** Body of `PUT /api/snug/v1/plans`. */
export const planList = t.Object({ data: t.Array(plan, { maxItems: 100 }) })

const max = orNull(
  whole({
    minimum: 1,
    maximum: 1_000_000_000,
    description: 'Requests in a window; null: no limit, or by plan what the plan says',
  }),
)
const per = whole({ minimum: 1000, description: 'Length of the window, ms' })

/** A limit as it is in force. */
export const limit = t.Object({
  id: t.String(),
  on: t.String({ description: '`METHOD /path`; `*` at the end matches any rest' }),
  by: t.Union([t.Literal('address'), t.Literal('key'), t.Literal('account'), t.Literal('plan')]),
  max,
  per,
  declared: t.Object({ max, per }),
  overridden: t.Boolean(),
})

/** Answer of `GET /api/snug/v1/limits`. */
export const limits = t.Object({
  data: t.Array(limit),
  enforced: t.Boolean({ description: 'false: SNUG_RATE_LIMITS is off' }),
})

/** Body of `PUT /api/snug/v1/limits`: what `GET` gave; what isn't named stays as it is. */
export const limitChanges = t.Object({
  data: t.Array(t.Object({ id: t.String(), max, per }), { maxItems: 1000 }),
})

const source = t.Union([t.Literal('setting'), t.Literal('environment'), t.Literal('default')])

/** Answer of `GET /api/snug/v1/settings`. */
export const settings = t.Object({
  public: t.Boolean({ description: 'Whether strangers may make links' }),
  signup: t.Union([t.Literal('off'), t.Literal('open')], {
    description: 'Whether strangers may make accounts',
  }),
  defaultPlan: t.String({ description: 'Plan of a new account' }),
  redirectStatus: t.Integer({ description: 'Status of links that don’t choose one' }),
  clickRetentionDays: t.Integer({ description: 'Days that single clicks are kept; 0: for ever' }),
  honorDnt: t.Boolean({ description: 'Keep nothing of visitors who ask for that' }),
  sources: t.Object({
    public: source,
    signup: source,
    defaultPlan: source,
    redirectStatus: source,
    clickRetentionDays: source,
    honorDnt: source,
  }),
})

/**
 * Body of `PUT /api/snug/v1/settings`: what `GET` gave; null goes back to the option, what isn't named
 * stays as it is. The core judges names and values, so that unknown names are refused and not dropped.
 */
export const settingChanges = t.Object(
  {
    public: t.Optional(t.Unknown()),
    signup: t.Optional(t.Unknown()),
    defaultPlan: t.Optional(t.Unknown()),
    redirectStatus: t.Optional(t.Unknown()),
    clickRetentionDays: t.Optional(t.Unknown()),
    honorDnt: t.Optional(t.Unknown()),
    sources: t.Optional(t.Unknown({ description: 'Ignored' })),
  },
  { additionalProperties: true },
)
