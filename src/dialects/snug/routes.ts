import { Elysia } from 'elysia'
import type { Kit } from '../../http'
import { accountRoutes } from './routes-accounts'
import { keyRoutes } from './routes-keys'
import { ruleRoutes } from './routes-rules'
import { sessionRoutes } from './routes-session'
import { webhookRoutes } from './routes-webhooks'

/** Every path of our own API; its type is what the admin app calls it by. */
export const snugRoutes = (kit: Kit) =>
  new Elysia()
    .use(sessionRoutes(kit))
    .use(keyRoutes(kit))
    .use(accountRoutes(kit))
    .use(ruleRoutes(kit))
    .use(webhookRoutes(kit))
