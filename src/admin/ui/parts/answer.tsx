import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

type Props<T> = {
  of: UseQueryResult<T>
  /** what to say when there is nothing; `isEmpty` decides */
  empty?: ReactNode
  isEmpty?: (data: T) => boolean
  lines?: number
  children: (data: T) => ReactNode
}

/** What was asked for, in whichever state it is: on its way, refused, empty or there. */
export const Answer = <T,>({ of, empty, isEmpty = none, lines = 4, children }: Props<T>) => {
  if (of.data !== undefined && of.error === null)
    return isEmpty(of.data) ? <Empty>{empty ?? 'Nothing here yet.'}</Empty> : children(of.data)
  if (of.error !== null) return <Failed error={of.error} retry={() => void of.refetch()} />
  return <Loading lines={lines} />
}

const none = (data: unknown) => Array.isArray(data) && data.length === 0

/** Says that something is on its way. */
const Loading = ({ lines = 4 }: { lines?: number }) => (
  <Stack gap="xs" role="status" aria-label="Loading">
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike
      <Skeleton key={line} height={18} width={`${100 - line * 9}%`} />
    ))}
  </Stack>
)

/** Says that there is nothing, and what to do about it. */
const Empty = ({ children }: { children: ReactNode }) => (
  <Text c="dimmed" ta="center" py="xl" component="div">
    {children}
  </Text>
)

/** Says what went wrong and offers to try again. */
export const Failed = ({ error, retry }: { error: Error; retry?: () => void }) => (
  <Alert color="red" variant="light" title="That did not work" role="alert">
    <Group justify="space-between" gap="sm">
      <Text size="sm">{error.message}</Text>
      {retry !== undefined && (
        <Button size="xs" variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </Group>
  </Alert>
)
