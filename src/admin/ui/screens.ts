import {
  IconApps,
  IconChartBar,
  IconFileImport,
  IconFlag,
  IconGauge,
  IconKey,
  IconLink,
  IconServer,
  IconSettings,
  IconShieldOff,
  IconTags,
  IconTicket,
  IconUser,
  IconUserScreen,
  IconUsers,
  IconWebhook,
  IconWorld,
} from '@tabler/icons-react'
import { type ComponentType, lazy } from 'react'

type Icon = typeof IconLink

/** A screen: its address, its name in the navigation (none: not listed), and how it is loaded. */
export type Shown = {
  path: string
  title: string | null
  Icon: Icon
  admin: boolean
  Screen: ComponentType
}

const screen = (
  path: string,
  title: string | null,
  Icon: Icon,
  load: () => Promise<ComponentType>,
  admin = false,
): Shown => ({
  path,
  title,
  Icon,
  admin,
  Screen: lazy(async () => ({ default: await load() })),
})

const forMembers = [
  screen(
    '/admin',
    'Overview',
    IconChartBar,
    async () => (await import('./screens/overview')).Overview,
  ),
  screen('/admin/links', 'Links', IconLink, async () => (await import('./screens/links')).Links),
  screen('/admin/links/:id', null, IconLink, async () => (await import('./screens/link')).LinkPage),
  screen(
    '/admin/import',
    'Import',
    IconFileImport,
    async () => (await import('./screens/import')).Import,
  ),
  screen(
    '/admin/campaigns',
    'Campaigns',
    IconFlag,
    async () => (await import('./screens/campaigns')).Campaigns,
  ),
  screen(
    '/admin/domains',
    'Domains',
    IconWorld,
    async () => (await import('./screens/domains')).Domains,
  ),
  screen('/admin/keys', 'API keys', IconKey, async () => (await import('./screens/keys')).Keys),
  screen(
    '/r',
    'My API key',
    IconTicket,
    async () => (await import('./screens/personal-key')).PersonalKey,
  ),
  screen(
    '/admin/webhooks',
    'Webhooks',
    IconWebhook,
    async () => (await import('./screens/webhooks')).Webhooks,
  ),
  screen('/admin/tools', 'Tools', IconApps, async () => (await import('./screens/tools')).Tools),
  screen(
    '/admin/account',
    'My account',
    IconUser,
    async () => (await import('./screens/account')).MyAccount,
  ),
]

const administration = () => import('./screens/administration')
const forAdministrators = [
  screen(
    '/admin/accounts',
    'Accounts',
    IconUsers,
    async () => (await administration()).Accounts,
    true,
  ),
  screen('/admin/plans', 'Plans', IconTags, async () => (await administration()).Plans, true),
  screen('/admin/limits', 'Limits', IconGauge, async () => (await administration()).Limits, true),
  screen(
    '/admin/blocklist',
    'Blocklist',
    IconShieldOff,
    async () => (await administration()).Blocklist,
    true,
  ),
  screen(
    '/admin/settings',
    'Settings',
    IconSettings,
    async () => (await administration()).SettingsPage,
    true,
  ),
  screen('/admin/system', 'System', IconServer, async () => (await administration()).System, true),
]

/** Every screen behind the sign-in, in the order of the navigation. */
export const screens: readonly Shown[] = [...forMembers, ...forAdministrators]

/** The sign of whoever is signed in. */
export const AccountIcon = IconUserScreen
