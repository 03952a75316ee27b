import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useSession } from '../../queries'
import type { Account } from './accounts-data'

type Suspension = Pick<Account, 'suspended' | 'linksStay'>

/** What is said of an account's suspension, and the fields to say it in: none for a new account or one's own. */
export const useSuspension = (account: Account | null) => {
  const { account: own } = useSession()
  const [suspension, setSuspension] = useState<Suspension>({
    suspended: account?.suspended ?? false,
    linksStay: account?.linksStay ?? false,
  })
  if (account === null || account.id === own?.id) return { suspension: {}, fields: null }
  return { suspension, fields: <Fields of={suspension} onChange={setSuspension} /> }
}

type Props = { of: Suspension; onChange: (suspension: Suspension) => void }

const Fields = ({ of: { suspended, linksStay }, onChange }: Props) => (
  <>
    <Checkbox
      label="Suspended"
      description="Its keys and sign-ins count no more, its webhooks stop, and its links are closed."
      checked={suspended}
      onChange={({ currentTarget: { checked } }) =>
        onChange({ suspended: checked, linksStay: checked && linksStay })
      }
    />
    <Checkbox
      label="Its links stay open"
      description="Visitors go on being redirected while the account is suspended."
      checked={linksStay}
      disabled={!suspended}
      onChange={({ currentTarget: { checked } }) => onChange({ suspended, linksStay: checked })}
      ml="xl"
    />
  </>
)
