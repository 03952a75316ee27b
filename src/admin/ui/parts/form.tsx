import { Alert, Button, Group, Stack } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'

type Props = {
  /** does what the form is for; what it throws is shown */
  send: (fields: FormData) => Promise<unknown>
  /** the word on its button */
  action: string
  wide?: boolean
  variant?: 'filled' | 'default'
  icon?: ReactNode
  /** keeps its fields to the width of a line of text */
  narrow?: boolean
  /** empties the fields once it worked */
  empties?: boolean
  children?: ReactNode
}

/** Fields and a button; busy while it is sent, and saying why when it is refused. */
export const Form = ({
  send,
  action,
  wide = false,
  variant = 'filled',
  icon,
  empties,
  narrow = false,
  children,
}: Props) => {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    setBusy(true)
    setProblem(null)
    try {
      await send(new FormData(form))
      if (empties === true) form.reset()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={submit} className={narrow ? 'narrow' : undefined}>
      <Stack gap="sm">
        {children}
        {problem !== null && (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button
            type="submit"
            loading={busy}
            variant={variant}
            fullWidth={wide}
            leftSection={icon}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
