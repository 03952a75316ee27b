import { Group, Paper, Title } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { title?: string; actions?: ReactNode; children: ReactNode; className?: string }

/** A sheet of paper with a heading. */
export const Panel = ({ title, actions, children, className = '' }: Props) => (
  <Paper component="section" className={`panel ${className}`} aria-label={title}>
    {(title !== undefined || actions !== undefined) && (
      <Group justify="space-between" mb="sm" gap="xs">
        {title !== undefined && (
          <Title order={2} size="h4">
            {title}
          </Title>
        )}
        {actions}
      </Group>
    )}
    {children}
  </Paper>
)
