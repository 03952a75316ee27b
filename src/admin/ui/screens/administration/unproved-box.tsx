import { Checkbox } from '@mantine/core'
import type { Account } from './accounts-data'

/** Asks whether to give something to an account whose address nobody has proved; nothing for others. */
export const UnprovedBox = ({ edited }: { edited: Account | null }) =>
  edited !== null && edited.email !== null && !edited.emailProved ? (
    <Checkbox
      name="unproved"
      value="on"
      label="Give a role, plan or password although nobody has proved the address"
      description="Somebody signed up with it; that may have been a stranger."
    />
  ) : null

/** What the box says of a change. */
export const unprovedOf = (fields: FormData) => (fields.has('unproved') ? { unproved: true } : {})
