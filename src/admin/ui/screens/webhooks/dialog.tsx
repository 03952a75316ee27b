import { Checkbox, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api, ask } from '../../api'
import { Form } from '../../parts/form'
import { told } from '../../parts/notice'
import { events, type Webhook, webhooksChanged } from './data'

type Props = { edited: Webhook | null; onClose: () => void; onMade: (secret: string) => void }

/** Makes a webhook or, given one, changes it. */
export const WebhookDialog = ({ edited, onClose, onMade }: Props) => {
  const [chosen, setChosen] = useState<string[]>([...(edited?.events ?? Object.keys(events))])
  const send = async (fields: FormData) => {
    const body = { url: String(fields.get('url')).trim(), events: chosen }
    if (edited === null) onMade((await ask(api.webhooks.post(body))).secret)
    else {
      await ask(api.webhooks({ id: edited.id }).patch(body))
      told('Saved.')
    }
    onClose()
    await webhooksChanged()
  }
  return (
    <Modal opened onClose={onClose} title={edited === null ? 'New webhook' : 'Edit the webhook'}>
      <Form send={send} action={edited === null ? 'Make the webhook' : 'Save'}>
        <TextInput
          label="Address"
          description="Messages are sent there by POST; addresses inside this network are refused."
          name="url"
          type="url"
          required
          maxLength={2048}
          defaultValue={edited?.url ?? ''}
          placeholder="https://example.com/hook"
          data-autofocus
        />
        <Checkbox.Group label="Tell of" value={chosen} onChange={setChosen}>
          <Stack gap={6} mt={4}>
            {Object.entries(events).map(([event, label]) => (
              <Checkbox key={event} value={event} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Form>
    </Modal>
  )
}
