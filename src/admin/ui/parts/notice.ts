import { notifications } from '@mantine/notifications'

/** Says that something worked. */
export const told = (message: string) =>
  notifications.show({ message, color: 'teal', withBorder: true })

/** Says why something did not work. */
export const failed = (error: unknown) =>
  notifications.show({
    message: error instanceof Error ? error.message : String(error),
    color: 'red',
    withBorder: true,
    autoClose: 10_000,
  })
