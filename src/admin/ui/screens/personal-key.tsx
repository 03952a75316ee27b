import { Alert, Button, Code, Group, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, ask } from '../api'
import { Answer } from '../parts/answer'
import { useConfirm } from '../parts/confirm'
import { CopyWord } from '../parts/copy'
import { isExposed } from '../parts/exposed'
import { Moment } from '../parts/moment'
import { whole } from '../parts/names'
import { failed, told } from '../parts/notice'
import { Page } from '../parts/page'
import { Panel } from '../parts/panel'
import { queryClient } from '../queries'

const personalQuery = {
  queryKey: ['keys', 'personal'],
  queryFn: () => ask(api.keys.personal.get()),
}

/** The key of one's own that can be seen, copied and rotated at any time. */
export const PersonalKey = () => {
  const personal = useQuery(personalQuery)
  const confirm = useConfirm()
  const rotate = async (exists: boolean) => {
    const sure =
      !exists ||
      (await confirm({
        title: 'Rotate your key?',
        loses: 'The key you have now stops working at once, in every program that uses it.',
        action: 'Rotate the key',
      }))
    if (!sure) return
    await ask(api.keys.personal.rotate.post()).then(
      () => told(exists ? 'Your new key is in force.' : 'Your key is made.'),
      failed,
    )
    await queryClient.invalidateQueries({ queryKey: ['keys'] })
  }
  return (
    <Page title="My API key" about="Send it as X-API-Key; it opens every API of this server.">
      {isExposed(window.location) && (
        <Alert color="red" title="This page came over plain HTTP">
          Anybody on the way can read the key below. Put the server behind HTTPS, then rotate the
          key.
        </Alert>
      )}
      <Panel>
        <Answer of={personal}>
          {({ key }) =>
            key === null ? (
              <Group justify="space-between">
                <Text>You have none yet.</Text>
                <Button onClick={() => rotate(false)}>Make my key</Button>
              </Group>
            ) : (
              <>
                <Code block className="wrap secret" data-testid="personal-key">
                  {key.key ?? key.mask}
                </Code>
                {key.key === null && (
                  <Text size="sm" mt="xs">
                    This key was sealed under another server secret and can’t be shown. It still
                    works; rotate it to see one again.
                  </Text>
                )}
                <Group justify="space-between" mt="md">
                  <Text size="sm" c="dimmed">
                    {whole(key.requestsCount)} requests · last used{' '}
                    <Moment at={key.lastUsedAt} since /> · expires <Moment at={key.expiresAt} />
                  </Text>
                  <Group gap="xs">
                    {key.key !== null && <CopyWord text={key.key} what="the key" />}
                    <Button
                      variant="default"
                      leftSection={<IconRefresh size={18} />}
                      onClick={() => rotate(true)}
                    >
                      Rotate
                    </Button>
                  </Group>
                </Group>
              </>
            )
          }
        </Answer>
      </Panel>
    </Page>
  )
}
