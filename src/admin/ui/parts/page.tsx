import { Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'

type Props = { title: string; about?: ReactNode; actions?: ReactNode; children: ReactNode }

/** A screen: its title (in the tab too), what it is for, and what can be done on it. */
export const Page = ({ title, about, actions, children }: Props) => {
  useEffect(() => {
    document.title = `${title} · snug`
  }, [title])
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-end" gap="sm">
        <div className="page-title">
          <Title order={1} className="wrap">
            {title}
          </Title>
          {about !== undefined && (
            <Text c="dimmed" component="div" className="wrap">
              {about}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
