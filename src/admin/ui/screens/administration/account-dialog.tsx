import { Modal, PasswordInput, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { bounds } from '../../../../bounds'
import { api, ask } from '../../api'
import { Form } from '../../parts/form'
import { fromField, toField } from '../../parts/moments'
import { told } from '../../parts/notice'
import { type Account, accountsChanged } from './accounts-data'
import { plansQuery } from './plans-data'
import { useSuspension } from './suspension'
import { UnprovedBox, unprovedOf } from './unproved-box'

type Props = { edited: Account | null; onClose: () => void }

/** Makes an account for a person or, given one, changes it. */
export const AccountDialog = ({ edited, onClose }: Props) => {
  const { data: plans = [] } = useQuery(plansQuery)
  const [role, setRole] = useState<'admin' | 'member'>(edited?.role ?? 'member')
  const [plan, setPlan] = useState<string | null>(edited?.plan ?? null)
  const [until, setUntil] = useState(toField(edited?.planExpiresAt))
  const { suspension, fields: suspensionFields } = useSuspension(edited)
  const isUser = edited === null || edited.kind === 'user'
  const send = async (fields: FormData) => {
    const text = (name: string) => String(fields.get(name) ?? '').trim()
    const password = String(fields.get('password') ?? '')
    const planned = { ...(plan === null ? {} : { plan }), planExpiresAt: fromField(until) }
    const person = { role, displayName: text('displayName'), email: text('email') }
    if (edited === null) await ask(api.accounts.post({ ...person, ...planned, password }))
    else
      await ask(
        api.accounts({ id: edited.id }).patch({
          ...planned,
          ...(isUser ? person : {}),
          ...suspension,
          ...unprovedOf(fields),
          ...(password === '' ? {} : { password }),
        }),
      )
    told(edited === null ? 'The account is made.' : 'Saved.')
    onClose()
    await accountsChanged()
  }
  return (
    <Modal opened onClose={onClose} title={edited === null ? 'New account' : 'Edit the account'}>
      <Form send={send} action={edited === null ? 'Make the account' : 'Save'}>
        {isUser && (
          <>
            <TextInput
              label="E-mail"
              name="email"
              type="email"
              required
              defaultValue={edited?.email ?? ''}
              autoComplete="off"
              data-autofocus
            />
            <TextInput
              label="Name"
              name="displayName"
              maxLength={bounds.displayName}
              defaultValue={edited?.displayName ?? ''}
              autoComplete="off"
            />
            <PasswordInput
              label={edited === null ? 'Password' : 'New password'}
              description={edited === null ? 'At least 8 characters.' : 'Empty: it stays as it is.'}
              name="password"
              minLength={bounds.accountPasswordLeast}
              maxLength={bounds.accountPasswordMost}
              required={edited === null}
              autoComplete="new-password"
            />
            <Select
              label="Role"
              data={[
                { value: 'member', label: 'Member: their own links' },
                { value: 'admin', label: 'Administrator: everything' },
              ]}
              value={role}
              onChange={(value) => setRole(value === 'admin' ? 'admin' : 'member')}
              allowDeselect={false}
            />
          </>
        )}
        <Select
          label="Plan"
          placeholder="The server’s default"
          data={plans.map(({ name }) => name)}
          value={plan}
          onChange={setPlan}
        />
        <TextInput
          label="Plan expires"
          description="Empty: never. Afterwards the account is on the plan “free”."
          type="datetime-local"
          value={until}
          onChange={({ currentTarget }) => setUntil(currentTarget.value)}
        />
        <UnprovedBox edited={edited} />
        {suspensionFields}
      </Form>
    </Modal>
  )
}
