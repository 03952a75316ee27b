import { Page } from '../parts/page'
import { useSession } from '../queries'
import { Passkeys } from './account/passkeys'
import { Password } from './account/password'
import { Sessions } from './account/sessions'
import { TwoFactor } from './account/two-factor'

/** One's own account: how one signs in, and where one is signed in. */
export const MyAccount = () => {
  const { account, plan } = useSession()
  return (
    <Page
      title="My account"
      about={`${account?.email ?? ''} · plan ${plan?.name ?? account?.plan}`}
    >
      <Password />
      <TwoFactor enabled={account?.twoFactorEnabled === true} />
      <Passkeys />
      <Sessions />
    </Page>
  )
}
