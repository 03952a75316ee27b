import { Badge, Button, Group, List, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { auth } from '../../auth'
import { Answer } from '../../parts/answer'
import { useConfirm } from '../../parts/confirm'
import { Moment } from '../../parts/moment'
import { failed, told } from '../../parts/notice'
import { Panel } from '../../parts/panel'
import { queryClient } from '../../queries'

type Session = { id: string; label: string; current: boolean; createdAt: string; seenAt: string }

const changed = () => queryClient.invalidateQueries({ queryKey: ['sessions'] })

/** Where one is signed in, and how to end that. */
export const Sessions = () => {
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: () => auth<Session[]>('/list-sessions'),
  })
  const confirm = useConfirm()
  const end = async (id: string) => {
    await auth('/revoke-session', { id }).then(() => told('That session has ended.'), failed)
    await changed()
  }
  const endOthers = async () => {
    const sure = await confirm({
      title: 'Sign out everywhere else?',
      loses:
        'Every other browser in which you are signed in must sign in again, trusted ones with the second step, and mails that set a new password count no more.',
      action: 'Sign out everywhere else',
    })
    if (!sure) return
    await auth('/revoke-other-sessions', {}).then(() => told('Only this session is left.'), failed)
    await changed()
  }
  return (
    <Panel
      title="Sessions"
      actions={
        <Button size="xs" variant="default" onClick={endOthers}>
          Sign out everywhere else
        </Button>
      }
    >
      <Answer of={sessions} lines={2}>
        {(rows) => (
          <List listStyleType="none" spacing="xs">
            {rows.map(({ id, label, createdAt, seenAt, current }) => (
              <List.Item key={id}>
                <Group justify="space-between" wrap="nowrap">
                  <Text className="wrap">
                    {label || 'A program'}, since <Moment at={createdAt} since />, last seen{' '}
                    <Moment at={seenAt} since />{' '}
                    {current && (
                      <Badge variant="light" tt="none">
                        this one
                      </Badge>
                    )}
                  </Text>
                  {!current && (
                    <Button size="xs" variant="subtle" color="red" onClick={() => end(id)}>
                      End
                    </Button>
                  )}
                </Group>
              </List.Item>
            ))}
          </List>
        )}
      </Answer>
    </Panel>
  )
}
