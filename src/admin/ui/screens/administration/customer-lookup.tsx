import { TextInput } from '@mantine/core'
import { api, ask } from '../../api'
import { Form } from '../../parts/form'
import { Panel } from '../../parts/panel'
import type { Account } from './accounts-data'

/** Finds the account behind a customer key, to give it a plan. */
export const CustomerLookup = ({ onEdit }: { onEdit: (account: Account) => void }) => {
  const send = async (fields: FormData) => {
    const customerKey = String(fields.get('key')).trim()
    onEdit(await ask(api.accounts.lookup.post({ customerKey })))
  }
  return (
    <Panel title="Find a customer">
      <Form send={send} action="Find" narrow variant="default" empties>
        <TextInput
          label="Customer key"
          description="The key that somebody uses with /api/shorten; give its account a plan."
          name="key"
          required
          maxLength={128}
          autoComplete="off"
        />
      </Form>
    </Panel>
  )
}
