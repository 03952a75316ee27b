/**
 * Every table; the inferred row types are the domain types of the whole program.
 * Instants are milliseconds since 1970 (UTC); the clicks tables keep them as plain numbers because
 * statistics compute with them, all others as `Date`.
 */
import { sql } from 'drizzle-orm'
import {
  blob,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'

const instant = (name: string) => integer(name, { mode: 'timestamp_ms' })
const flag = (name: string) => integer(name, { mode: 'boolean' })

/** Who owns links. `user` signs in, `customer` is a bare key of the shorten dialect, `guest` a browser. */
export const accounts = sqliteTable(
  'accounts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** 32 random hex digits that stay the same in every copy: exports and imports know an account by it */
    stableId: text('stable_id').$defaultFn(() => sql`lower(hex(randomblob(16)))`),
    kind: text('kind', { enum: ['user', 'customer', 'guest'] }).notNull(),
    role: text('role', { enum: ['admin', 'member'] })
      .notNull()
      .default('member'),
    email: text('email'),
    emailVerified: flag('email_verified').notNull().default(false),
    displayName: text('display_name').notNull().default(''),
    image: text('image'),
    plan: text('plan').notNull(),
    planExpiresAt: instant('plan_expires_at'),
    suspended: flag('suspended').notNull().default(false),
    /** whether its links stay open while it is suspended */
    linksStay: flag('links_stay').notNull().default(false),
    twoFactorEnabled: flag('two_factor_enabled').notNull().default(false),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('accounts_email').on(t.email),
    uniqueIndex('accounts_stable').on(t.stableId),
    index('accounts_suspended').on(t.updatedAt, t.linksStay).where(sql`${t.suspended} = 1`),
    index('accounts_admins').on(t.suspended).where(sql`${t.role} = 'admin'`),
    index('accounts_former').on(t.kind).where(sql`${t.kind} = 'former'`),
    index('accounts_plan').on(t.plan),
  ],
)

/**
 * A sign-in; the token in the cookie is kept as its SHA-256 only, and of the client a coarse label.
 * `updatedAt` is when it was last seen: an idle session ends before `expiresAt`.
 */
export const sessions = sqliteTable(
  'sessions',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    token: text('token').notNull(),
    /** `Firefox on Linux` */
    label: text('label').notNull().default(''),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [uniqueIndex('sessions_token').on(t.token), index('sessions_account').on(t.accountId)],
)

/** How an account signs in: `credential` is its password, others are providers that know it as `subject`. */
export const identities = sqliteTable(
  'identities',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    ownerId: integer('owner_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    providerId: text('provider_id').notNull(),
    subject: text('subject').notNull(),
    password: text('password'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('identities_subject').on(t.providerId, t.subject),
    index('identities_owner').on(t.ownerId),
  ],
)

/**
 * What somebody has to prove within minutes: a password reset, a provider's answer, a second factor; and
 * which devices are trusted not to be asked for one.
 */
export const verifications = sqliteTable(
  'verifications',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** a hash of what proves it; of a trusted device with a prefix */
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    /** the account that the proof lets somebody into or change; null: none yet */
    accountId: integer('account_id').references(() => accounts.id, { onDelete: 'cascade' }),
    /** of a trusted device: `Firefox on Linux` */
    label: text('label').notNull().default(''),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    index('verifications_identifier').on(t.identifier),
    index('verifications_account').on(t.accountId),
  ],
)

/** One-time passwords of an account; secret and recovery codes are sealed under the instance's secret. */
export const twoFactors = sqliteTable(
  'two_factors',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    verified: flag('verified').notNull().default(true),
    failedVerificationCount: integer('failed_verification_count').notNull().default(0),
    lockedUntil: instant('locked_until'),
    /** the 30 seconds since 1970 whose code was accepted last: none up to it is accepted again */
    lastStep: integer('last_step'),
  },
  (t) => [index('two_factors_account').on(t.accountId)],
)

/** Public keys that sign an account in. */
export const passkeys = sqliteTable(
  'passkeys',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    name: text('name'),
    publicKey: text('public_key').notNull(),
    credentialID: text('credential_id').notNull(),
    counter: integer('counter').notNull(),
    deviceType: text('device_type').notNull(),
    backedUp: flag('backed_up').notNull(),
    transports: text('transports'),
    aaguid: text('aaguid'),
    createdAt: instant('created_at'),
  },
  (t) => [
    uniqueIndex('passkeys_credential').on(t.credentialID),
    index('passkeys_account').on(t.accountId),
  ],
)

/** A browser without an account of its own; only the SHA-256 of its cookie is kept. */
export const guestSessions = sqliteTable(
  'guest_sessions',
  {
    id: text('id').primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    hash: text('hash').notNull(),
    createdAt: instant('created_at').notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (t) => [
    uniqueIndex('guest_sessions_hash').on(t.hash),
    index('guest_sessions_account').on(t.accountId),
    index('guest_sessions_seen').on(t.seenAt),
  ],
)

/** Secrets that programs present; only their SHA-256 is kept, `sealed` holds revealable ones encrypted. */
export const keys = sqliteTable(
  'keys',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: ['api', 'personal', 'customer'] }).notNull(),
    hash: text('hash').notNull(),
    mask: text('mask').notNull(),
    sealed: text('sealed'),
    name: text('name').notNull().default(''),
    active: flag('active').notNull().default(true),
    allowedIps: text('allowed_ips', { mode: 'json' }).$type<string[]>().notNull().default([]),
    expiresAt: instant('expires_at'),
    requestsCount: integer('requests_count').notNull().default(0),
    lastUsedAt: instant('last_used_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('keys_hash').on(t.hash), index('keys_account').on(t.accountId)],
)

/** What an account may do and how often; seeded by the core at start, edited by administrators. */
export const plans = sqliteTable('plans', {
  name: text('name').primaryKey(),
  /** null: no limit */
  requestsPerHour: integer('requests_per_hour'),
  mintKeys: flag('mint_keys').notNull(),
  customCodes: flag('custom_codes').notNull(),
  allExports: flag('all_exports').notNull(),
  fullStats: flag('full_stats').notNull(),
  apiAccess: flag('api_access').notNull(),
})

export const campaigns = sqliteTable(
  'campaigns',
  {
    /** 24 lowercase hex, the form the links dialect documents */
    id: text('id').primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('campaigns_account').on(t.accountId)],
)

export const domains = sqliteTable(
  'domains',
  {
    /** 24 lowercase hex, the form the links dialect documents */
    id: text('id').primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    host: text('host').notNull(),
    txtRecord: text('txt_record').notNull(),
    verified: flag('verified').notNull().default(false),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('domains_host').on(t.host, t.accountId)],
)

/** A code bound to a destination. Deleted rows stay, so that a code is never given away again. */
export const links = sqliteTable(
  'links',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** '' is the default domain: every host that is no verified domain */
    domainId: text('domain_id').notNull().default(''),
    code: text('code').notNull(),
    destination: text('destination').notNull(),
    ownerId: integer('owner_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    /** made by a customer or a guest */
    anonymous: flag('anonymous').notNull().default(false),
    /** the account that bound an anonymous link, at most once */
    boundTo: integer('bound_to').references(() => accounts.id, { onDelete: 'set null' }),
    title: text('title'),
    passwordHash: text('password_hash'),
    startsAt: instant('starts_at'),
    expiresAt: instant('expires_at'),
    maxClicks: integer('max_clicks'),
    /** redirects ever sent for a link with `maxClicks`; counted here, synced, before the answer */
    spent: integer('spent').notNull().default(0),
    redirectStatus: integer('redirect_status'),
    forwardQuery: flag('forward_query').notNull().default(false),
    enabled: flag('enabled').notNull().default(true),
    publicStats: flag('public_stats').notNull().default(false),
    tags: text('tags', { mode: 'json' }).$type<string[]>().notNull().default([]),
    folder: text('folder'),
    notes: text('notes'),
    campaignId: text('campaign_id').references(() => campaigns.id, { onDelete: 'set null' }),
    guestSessionId: text('guest_session_id'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    uniqueIndex('links_code').on(t.domainId, t.code),
    index('links_owner').on(t.ownerId, t.deletedAt, t.createdAt, t.id),
    index('links_bound').on(t.boundTo),
    index('links_expiry').on(t.expiresAt).where(sql`${t.expiresAt} IS NOT NULL`),
    index('links_anonymous_expiry')
      .on(t.expiresAt)
      .where(sql`${t.anonymous} = 1 AND ${t.expiresAt} IS NOT NULL`),
    index('links_campaign').on(t.campaignId, t.deletedAt).where(sql`${t.campaignId} IS NOT NULL`),
  ],
)

/** Every text a click refers to, once; `domainId` of a referrer origin is its registrable domain's row, null: itself. */
export const dictionary = sqliteTable(
  'dictionary',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    text: text('text').notNull(),
    domainId: integer('domain_id'),
  },
  (t) => [uniqueIndex('dictionary_text').on(t.text)],
)

/**
 * Every combination that clicks came in of what is known of their visitors, once: dictionary ids. A
 * click then needs one small number where it would need six.
 */
export const profiles = sqliteTable(
  'profiles',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    country: integer('country').notNull(),
    browser: integer('browser').notNull(),
    os: integer('os').notNull(),
    device: integer('device').notNull(),
    language: integer('language').notNull(),
    /** the bot's name; 0: a person */
    bot: integer('bot').notNull(),
  },
  (t) => [
    uniqueIndex('profiles_whole').on(t.country, t.browser, t.os, t.device, t.language, t.bot),
  ],
)

/** One row a followed redirect; WITHOUT ROWID, clustered by link and time. */
export const clicks = sqliteTable(
  'clicks',
  {
    linkId: integer('link_id').notNull(),
    atMs: integer('at_ms').notNull(),
    seq: integer('seq').notNull(),
    /** who clicked, as far as that is kept: an id of `profiles` */
    profile: integer('profile').notNull(),
    /** the referrer's origin, a dictionary id */
    referrer: integer('referrer').notNull(),
    /** 8 bytes of today's anonymous hash; null: a bot, or the visitor asked not to be tracked */
    visitor: blob('visitor', { mode: 'buffer' }),
    redirectUs: integer('redirect_us').notNull(),
  },
  (t) => [primaryKey({ columns: [t.linkId, t.atMs, t.seq] })],
)

/** Running totals of a link, kept by the click writer in the batch's own transaction. */
export const linkTotals = sqliteTable('link_totals', {
  linkId: integer('link_id').primaryKey(),
  clicks: integer('clicks').notNull(),
  bots: integer('bots').notNull(),
  /** sum of daily visitors */
  visitors: integer('visitors').notNull(),
  redirectUs: integer('redirect_us').notNull(),
  lastAtMs: integer('last_at_ms').notNull(),
})

/** Totals of a link and a UTC day (days since 1970); WITHOUT ROWID. */
export const linkDays = sqliteTable(
  'link_days',
  {
    linkId: integer('link_id').notNull(),
    day: integer('day').notNull(),
    clicks: integer('clicks').notNull(),
    bots: integer('bots').notNull(),
    visitors: integer('visitors').notNull(),
    redirectUs: integer('redirect_us').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.linkId, t.day] })],
)

/**
 * Running totals of an account's links that are not deleted: those it made, and (`bound`) those that
 * others made and it has bound. Account 0 stands for all links there ever were. Kept by the click
 * writer and, as links change hands, by `account-totals.ts`; WITHOUT ROWID.
 */
export const accountTotals = sqliteTable(
  'account_totals',
  {
    accountId: integer('account_id').notNull(),
    bound: flag('bound').notNull(),
    links: integer('links').notNull(),
    clicks: integer('clicks').notNull(),
    bots: integer('bots').notNull(),
    visitors: integer('visitors').notNull(),
    redirectUs: integer('redirect_us').notNull(),
    /** 0: never; null: the link that was clicked last has left, so that it must be looked up */
    lastAtMs: integer('last_at_ms'),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.bound] })],
)

/** Who was already counted today; WITHOUT ROWID, deleted with its day's salt. */
export const dayVisitors = sqliteTable(
  'day_visitors',
  {
    day: integer('day').notNull(),
    linkId: integer('link_id').notNull(),
    visitor: blob('visitor', { mode: 'buffer' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.linkId, t.visitor] })],
)

/** The random key of a UTC day's visitor hashes; deleted within 48 hours. */
export const salts = sqliteTable('salts', {
  day: integer('day').primaryKey(),
  salt: blob('salt', { mode: 'buffer' }).notNull(),
})

/** What administrators change while the program runs: limit overrides, the blocklist, settings. */
export const settings = sqliteTable('settings', {
  name: text('name').primaryKey(),
  value: text('value', { mode: 'json' }).$type<unknown>().notNull(),
})

/** Addresses of other programs that are told what happens to an account's links. */
export const webhooks = sqliteTable(
  'webhooks',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id, { onDelete: 'cascade' }),
    url: text('url').notNull(),
    events: text('events', { mode: 'json' }).$type<string[]>().notNull(),
    /** what deliveries are signed with, encrypted under the instance's secret */
    sealedSecret: text('sealed_secret').notNull(),
    enabled: flag('enabled').notNull().default(true),
    /** clicks it was never told of, because too many messages waited */
    droppedClicks: integer('dropped_clicks').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('webhooks_account').on(t.accountId)],
)

/** Every message to a webhook: waiting for its next attempt, delivered, or given up. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    id: text('id').primaryKey(),
    webhookId: integer('webhook_id')
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    event: text('event').notNull(),
    /** the JSON text that is signed and sent */
    payload: text('payload').notNull(),
    state: text('state', { enum: ['waiting', 'delivered', 'failed'] })
      .notNull()
      .default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    nextAt: instant('next_at').notNull(),
    /** the answer to the latest attempt; null: none came */
    status: integer('status'),
    /** why the latest attempt failed */
    problem: text('problem'),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    index('webhook_deliveries_waiting')
      .on(t.webhookId, t.nextAt)
      .where(sql`${t.state} = 'waiting'`),
    index('webhook_deliveries_clicks')
      .on(t.webhookId, t.nextAt)
      .where(sql`${t.state} = 'waiting' AND ${t.event} = 'click'`),
    index('webhook_deliveries_age').on(t.createdAt),
    index('webhook_deliveries_webhook').on(t.webhookId, t.createdAt),
  ],
)

export type Account = typeof accounts.$inferSelect
export type NewAccount = typeof accounts.$inferInsert
export type SessionRow = typeof sessions.$inferSelect
export type GuestSession = typeof guestSessions.$inferSelect
export type Key = typeof keys.$inferSelect
export type NewKey = typeof keys.$inferInsert
export type Plan = typeof plans.$inferSelect
export type Campaign = typeof campaigns.$inferSelect
export type Domain = typeof domains.$inferSelect
export type Link = typeof links.$inferSelect
export type NewLink = typeof links.$inferInsert
export type Webhook = typeof webhooks.$inferSelect
export type WebhookDelivery = typeof webhookDeliveries.$inferSelect
