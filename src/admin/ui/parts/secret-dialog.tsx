import { Button, Code, Group, Modal, Text } from '@mantine/core'
import { CopyWord } from './copy'

type Props = {
  title: string
  about: string
  /** what the secret is, after «Copy» */
  what: string
  /** null: nothing is shown */
  secret: string | null
  onClose: () => void
}

/** Shows a secret that is never shown again. */
export const SecretDialog = ({ title, about, what, secret, onClose }: Props) => (
  <Modal opened={secret !== null} onClose={onClose} title={title} size="lg">
    <Text mb="sm">{about}</Text>
    <Code block className="wrap" data-testid="secret">
      {secret}
    </Code>
    <Group justify="flex-end" mt="md">
      {secret !== null && <CopyWord text={secret} what={what} />}
      <Button onClick={onClose}>I have it</Button>
    </Group>
  </Modal>
)
