import { Elysia } from 'elysia'
import type { DialectContext } from '../../api'
import { accountRoutes } from './routes-accounts'
import { blocklistRoutes } from './routes-blocklist'
import { bulkRoutes } from './routes-bulk'
import { campaignRoutes } from './routes-campaigns'
import { domainRoutes } from './routes-domains'
import { eventRoutes } from './routes-events'
import { exportRoutes } from './routes-exports'
import { keyRoutes } from './routes-keys'
import { linkRoutes } from './routes-links'
import { qrRoutes } from './routes-qr'
import { ruleRoutes } from './routes-rules'
import { sessionRoutes } from './routes-session'
import { setUpRoutes } from './routes-setup'
import { statsRoutes } from './routes-stats'
import { systemRoutes } from './routes-system'
import { webhookRoutes } from './routes-webhooks'

/** Every path of our own API; its type is what the admin app calls it by. */
export const snugRoutes = (context: DialectContext) =>
  new Elysia()
    .use(sessionRoutes(context))
    .use(setUpRoutes(context))
    .use(keyRoutes(context))
    .use(accountRoutes(context))
    .use(ruleRoutes(context))
    .use(webhookRoutes(context))
    .use(linkRoutes(context))
    .use(bulkRoutes(context))
    .use(statsRoutes(context))
    .use(exportRoutes(context))
    .use(qrRoutes(context))
    .use(eventRoutes(context))
    .use(campaignRoutes(context))
    .use(domainRoutes(context))
    .use(systemRoutes(context))
    .use(blocklistRoutes(context))
