import { Modal, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { bounds } from '../../../../bounds'
import { api, ask } from '../../api'
import { Form } from '../../parts/form'
import { fromField, toField } from '../../parts/moments'
import { told } from '../../parts/notice'
import { type Key, keysChanged } from './data'

type Props = { edited: Key | null; onClose: () => void; onMade: (secret: string) => void }

/** Makes a key or, given one, changes it. */
export const KeyDialog = ({ edited, onClose, onMade }: Props) => {
  const [allowedIps, setAllowed] = useState<string[]>([...(edited?.allowedIps ?? [])])
  const [expires, setExpires] = useState(toField(edited?.expiresAt ?? inOneYear()))
  const send = async (fields: FormData) => {
    const body = { name: String(fields.get('name')), allowedIps, expiresAt: fromField(expires) }
    if (edited === null) onMade((await ask(api.keys.post(body))).key)
    else {
      await ask(api.keys({ id: edited.id }).patch(body))
      told('Saved.')
    }
    onClose()
    await keysChanged()
  }
  return (
    <Modal opened onClose={onClose} title={edited === null ? 'New key' : 'Edit the key'}>
      <Form send={send} action={edited === null ? 'Make the key' : 'Save'}>
        <TextInput
          label="Name"
          description="Which program is it for?"
          name="name"
          maxLength={bounds.name}
          defaultValue={edited?.name ?? ''}
          data-autofocus
        />
        <TextInput
          label="Expires"
          description="Empty: never."
          type="datetime-local"
          value={expires}
          onChange={({ currentTarget }) => setExpires(currentTarget.value)}
        />
        <TagsInput
          label="Only from these addresses"
          description="Addresses or networks like 192.168.1.0/24; none: from everywhere."
          value={allowedIps}
          onChange={setAllowed}
          splitChars={[',', ' ']}
        />
      </Form>
    </Modal>
  )
}

const inOneYear = () => {
  const date = new Date()
  date.setFullYear(date.getFullYear() + 1)
  return date.toISOString()
}
