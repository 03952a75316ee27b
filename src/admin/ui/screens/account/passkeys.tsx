import { Button, Group, List, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { auth } from '../../auth'
import { Answer } from '../../parts/answer'
import { useConfirm } from '../../parts/confirm'
import { Form } from '../../parts/form'
import { Moment } from '../../parts/moment'
import { failed, told } from '../../parts/notice'
import { Panel } from '../../parts/panel'
import { addPasskey, canUsePasskeys } from '../../passkeys'
import { queryClient } from '../../queries'

type Passkey = { id: string; name?: string | null; createdAt: string | null }

const changed = () => queryClient.invalidateQueries({ queryKey: ['passkeys'] })

/** Passkeys: signing in with a finger, a face or a key instead of a password. */
export const Passkeys = () => {
  const passkeys = useQuery({
    queryKey: ['passkeys'],
    queryFn: () => auth<Passkey[]>('/passkey/list-user-passkeys'),
  })
  const confirm = useConfirm()
  const remove = async ({ id, name }: Passkey) => {
    const sure = await confirm({
      title: `Remove the passkey ${name || ''}?`,
      loses: 'It no longer signs you in here. Your device may still list it.',
      action: 'Remove the passkey',
    })
    if (!sure) return
    await auth('/passkey/delete-passkey', { id }).catch(failed)
    await changed()
  }
  const add = async (fields: FormData) => {
    await addPasskey(String(fields.get('name')).trim() || 'Passkey')
    told('The passkey is ready.')
    await changed()
  }
  return (
    <Panel title="Passkeys">
      <Answer of={passkeys} empty="None yet." lines={1}>
        {(rows) => (
          <List listStyleType="none" spacing="xs" mb="md">
            {rows.map((passkey) => (
              <List.Item key={passkey.id}>
                <Group justify="space-between">
                  <Text>
                    {passkey.name || 'Passkey'}, since <Moment at={passkey.createdAt} since />
                  </Text>
                  <Button size="xs" variant="subtle" color="red" onClick={() => remove(passkey)}>
                    Remove
                  </Button>
                </Group>
              </List.Item>
            ))}
          </List>
        )}
      </Answer>
      {canUsePasskeys() ? (
        <Form send={add} action="Add a passkey" narrow variant="default" empties>
          <TextInput
            label="Name of the new passkey"
            name="name"
            placeholder="My phone"
            maxLength={100}
          />
        </Form>
      ) : (
        <Text size="sm" c="dimmed">
          Browsers offer passkeys over HTTPS and on localhost only.
        </Text>
      )}
    </Panel>
  )
}
