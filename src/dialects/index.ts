import type { AnyElysia } from 'elysia'
import type { Dialect, DialectContext } from '../api'
import { links } from './links/dialect'
import { linksRoutes } from './links/routes'
import { shorten } from './shorten/dialect'
import { shortenRoutes } from './shorten/routes'
import { shortlinks } from './shortlinks/dialect'
import { shortlinksRoutes } from './shortlinks/routes'
import { snug } from './snug/dialect'
import { snugRoutes } from './snug/routes'
import { urls } from './urls/dialect'
import { urlsRoutes } from './urls/routes'
import { v1 } from './v1/dialect'
import { v1Routes } from './v1/routes'

/** Every API the program answers: its record, and its routes. */
export const dialects: readonly {
  dialect: Dialect
  routes: (context: DialectContext) => AnyElysia
}[] = [
  { dialect: snug, routes: snugRoutes },
  { dialect: shorten, routes: shortenRoutes },
  { dialect: v1, routes: v1Routes },
  { dialect: urls, routes: urlsRoutes },
  { dialect: shortlinks, routes: shortlinksRoutes },
  { dialect: links, routes: linksRoutes },
]
