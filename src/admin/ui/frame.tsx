import {
  ActionIcon,
  Anchor,
  AppShell,
  Burger,
  Button,
  Divider,
  Group,
  NavLink,
  ScrollArea,
  Text,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { Link, useLocation } from 'wouter'
import { AccountMenu } from './parts/account-menu'
import { Commands, CommandsButton } from './parts/commands'
import { DraftProvider, useDraft } from './parts/drafting'
import { Mark } from './parts/mark'
import { useSession } from './queries'
import { screens } from './screens'

const LinkDrawer = lazy(async () => ({
  default: (await import('./screens/link/drawer')).LinkDrawer,
}))

/** What surrounds every screen: navigation, the palette of commands, and the drawer for a new link. */
export const Frame = ({ children }: { children: ReactNode }) => {
  const [opened, { toggle, close }] = useDisclosure()
  return (
    <DraftProvider>
      <AppShell
        header={{ height: 58 }}
        navbar={{ width: 218, breakpoint: 'sm', collapsed: { mobile: !opened } }}
        padding={{ base: 'md', sm: 'xl' }}
      >
        <a href="#content" className="skip">
          Skip to the content
        </a>
        <AppShell.Header className="bar">
          <Group h="100%" px="md" gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label="Navigation"
              aria-expanded={opened}
            />
            <Mark />
            <Group ml="auto" gap="xs" wrap="nowrap">
              <CommandsButton />
              <NewLinkButton />
              <AccountMenu />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className="bar" aria-label="Screens">
          <Navigation onFollow={close} />
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1}>
          <div className="content">{children}</div>
          <Footer />
        </AppShell.Main>
      </AppShell>
      <Commands />
      <Drafting />
    </DraftProvider>
  )
}

const NewLinkButton = () => {
  const { open } = useDraft()
  return (
    <>
      <Button
        leftSection={<IconPlus size={18} />}
        onClick={() => open(null)}
        aria-keyshortcuts="c"
        visibleFrom="xs"
      >
        New link
      </Button>
      <ActionIcon size="lg" onClick={() => open(null)} aria-label="New link" hiddenFrom="xs">
        <IconPlus size={20} />
      </ActionIcon>
    </>
  )
}

const Drafting = () => {
  const { drafted, close } = useDraft()
  return <Suspense>{drafted !== null && <LinkDrawer {...drafted} onClose={close} />}</Suspense>
}

const Navigation = ({ onFollow }: { onFollow: () => void }) => {
  const [here] = useLocation()
  const { account } = useSession()
  const entry = ({ path, title, Icon }: (typeof screens)[number]) => (
    <NavLink
      key={path}
      component={Link}
      href={path}
      label={title}
      leftSection={<Icon size={19} stroke={1.6} aria-hidden />}
      active={path === '/admin' || path === '/r' ? here === path : here.startsWith(path)}
      {...(here === path ? { 'aria-current': 'page' } : {})}
      onClick={onFollow}
    />
  )
  const listed = screens.filter(({ title }) => title !== null)
  return (
    <AppShell.Section grow component={ScrollArea} p="xs">
      {listed.filter(({ admin }) => !admin).map(entry)}
      {account?.role === 'admin' && (
        <>
          <Divider my="sm" label="Administration" labelPosition="left" />
          {listed.filter(({ admin }) => admin).map(entry)}
        </>
      )}
    </AppShell.Section>
  )
}

const Footer = () => {
  const { version } = useSession()
  return (
    <Text component="footer" size="sm" c="dimmed" ta="center" mt="xl" pt="md">
      snug {version} ·{' '}
      <Anchor href="docs" underline="always">
        API reference
      </Anchor>{' '}
      · IP geolocation by{' '}
      <Anchor href="https://db-ip.com" target="_blank" rel="noreferrer" underline="always">
        DB-IP
      </Anchor>
    </Text>
  )
}
