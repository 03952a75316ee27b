import { ActionIcon, Menu, Text, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react'
import { useLocation } from 'wouter'
import { auth } from '../auth'
import { queryClient, useSession } from '../queries'
import { AccountIcon } from '../screens'
import { failed } from './notice'

/** Ends the session and forgets all that was read in it. */
const signOut = async () => {
  try {
    await auth('/sign-out', {})
    queryClient.clear()
  } catch (error) {
    failed(error)
  }
}

/** Who is signed in; their account, light or dark, and the way out. */
export const AccountMenu = () => {
  const { account } = useSession()
  const [, go] = useLocation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const schemes = [
    ['light', 'Light', IconSun],
    ['dark', 'Dark', IconMoon],
    ['auto', 'As the system', IconDeviceDesktop],
  ] as const
  const leave = async () => {
    await signOut()
    go('/auth')
  }
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label="Account and appearance">
          <AccountIcon size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="sm" px="sm" py={6} className="wrap">
          {account?.displayName || account?.email}
        </Text>
        <Menu.Item leftSection={<IconUser size={16} />} onClick={() => go('/admin/account')}>
          My account
        </Menu.Item>
        <Menu.Divider />
        {schemes.map(([scheme, label, Icon]) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={16} />}
            rightSection={colorScheme === scheme ? '✓' : null}
            onClick={() => setColorScheme(scheme)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={leave}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
