import { Anchor, Paper, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { Mark } from '../parts/mark'

/** A screen for somebody who is not signed in. */
export const Stranger = ({ title, children }: { title: string; children: ReactNode }) => {
  useEffect(() => {
    document.title = `${title} · snug`
  }, [title])
  return (
    <div className="stranger">
      <main>
        <Mark />
        <Paper className="panel" mt="md">
          <Title order={1} size="h2" mb="md">
            {title}
          </Title>
          {children}
        </Paper>
      </main>
      <Text component="footer" size="sm" c="dimmed" ta="center" py="md">
        snug · IP geolocation by{' '}
        <Anchor href="https://db-ip.com" target="_blank" rel="noreferrer" underline="always">
          DB-IP
        </Anchor>
      </Text>
    </div>
  )
}
