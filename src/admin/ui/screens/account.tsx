import { Page } from '../parts/page'
import { useSession } from '../queries'
import { Passkeys } from './account/passkeys'
import { Password } from './account/password'
import { Sessions } from './account/sessions'
import { TrustedDevices } from './account/trusted-devices'
import { TwoFactor } from './account/two-factor'

/** One's own account: how one signs in, and where one is signed in. */
export const MyAccount = () => {
  const { account, plan } = useSession()
  const hasSecondStep = account?.twoFactorEnabled === true
  return (
    <Page
      title="My account"
      about={`${account?.email ?? ''} · plan ${plan?.name ?? account?.plan}`}
    >
      <Password />
      <TwoFactor enabled={hasSecondStep} />
      <Passkeys />
      <Sessions />
      {hasSecondStep && <TrustedDevices />}
    </Page>
  )
}
