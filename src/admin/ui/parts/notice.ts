import { notifications } from '@mantine/notifications'

const look = { withBorder: true, closeButtonProps: { 'aria-label': 'Dismiss' } } as const

/** Says that something worked. */
export const told = (message: string) => notifications.show({ message, color: 'teal', ...look })

/** Says why something did not work. */
export const failed = (error: unknown) =>
  notifications.show({
    message: error instanceof Error ? error.message : String(error),
    color: 'red',
    ...look,
    autoClose: 10_000,
  })
