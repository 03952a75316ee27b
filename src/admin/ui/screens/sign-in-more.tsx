import { Anchor, Checkbox, PasswordInput, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { bounds } from '../../../bounds'
import { auth } from '../auth'
import { Form } from '../parts/form'
import { told } from '../parts/notice'
import { Stranger } from './stranger'

const Back = ({ go }: { go: () => void }) => (
  <Text size="sm" ta="center" mt="md">
    <Anchor component="button" type="button" onClick={go}>
      Back to sign-in
    </Anchor>
  </Text>
)

/** The second step: six digits from an app, or one of the recovery codes. */
export const SecondStep = ({ onDone }: { onDone: () => Promise<void> }) => {
  const [recovery, setRecovery] = useState(false)
  const send = async (fields: FormData) => {
    const code = String(fields.get('code')).trim()
    const trustDevice = fields.get('trust') !== null
    await auth(recovery ? '/two-factor/verify-backup-code' : '/two-factor/verify-totp', {
      code,
      trustDevice,
    })
    await onDone()
  }
  return (
    <Stranger title="One more step">
      <Form send={send} action="Continue" wide>
        <TextInput
          key={String(recovery)}
          label={recovery ? 'Recovery code' : 'Six digits from your authenticator app'}
          name="code"
          autoComplete="one-time-code"
          required
          autoFocus
          {...(recovery ? {} : { inputMode: 'numeric' as const, pattern: '[0-9 ]{6,7}' })}
        />
        <Checkbox name="trust" label="Do not ask on this device for 30 days" />
      </Form>
      <Text size="sm" ta="center" mt="md">
        <Anchor component="button" type="button" onClick={() => setRecovery(!recovery)}>
          {recovery ? 'Use the app instead' : 'Use a recovery code instead'}
        </Anchor>
      </Text>
    </Stranger>
  )
}

/** Asks for a mail with a link to set a new password. */
export const ForgotPassword = ({ back }: { back: () => void }) => {
  const [sent, setSent] = useState(false)
  const send = async (fields: FormData) => {
    await auth('/request-password-reset', { email: fields.get('email') })
    setSent(true)
  }
  return (
    <Stranger title="Forgot your password?">
      {sent ? (
        <Text role="status">
          If an account has this address, a mail with a link is on its way. Where this server sends
          no mail, its operator can set a new password with <code>snug account reset-password</code>
          .
        </Text>
      ) : (
        <Form send={send} action="Send me a link" wide>
          <TextInput
            label="E-mail"
            name="email"
            type="email"
            autoComplete="username"
            required
            autoFocus
          />
        </Form>
      )}
      <Back go={back} />
    </Stranger>
  )
}

/** Sets a new password with the token of a mail. */
export const NewPassword = ({ token }: { token: string }) => {
  const [, go] = useLocation()
  const send = async (fields: FormData) => {
    await auth('/reset-password', { token, newPassword: fields.get('password') })
    told('Your password is changed. Sign in with it.')
    go('/auth', { replace: true })
  }
  return (
    <Stranger title="Choose a new password">
      <Form send={send} action="Change the password" wide>
        <NewPasswordField autoFocus />
      </Form>
      <Back go={() => go('/auth', { replace: true })} />
    </Stranger>
  )
}

/** Makes an account, on servers that let strangers do so. */
export const SignUp = ({ onDone, back }: { onDone: () => Promise<void>; back: () => void }) => {
  const send = async (fields: FormData) => {
    const email = String(fields.get('email'))
    const name = String(fields.get('name')) || email.split('@')[0]
    await auth('/sign-up/email', { email, name, password: fields.get('password') })
    await onDone()
  }
  return (
    <Stranger title="Make an account">
      <Form send={send} action="Make the account" wide>
        <TextInput
          label="Name"
          name="name"
          autoComplete="name"
          maxLength={bounds.displayName}
          autoFocus
        />
        <TextInput label="E-mail" name="email" type="email" autoComplete="username" required />
        <NewPasswordField />
      </Form>
      <Back go={back} />
    </Stranger>
  )
}

/** A field for a password that is new. */
export const NewPasswordField = ({ autoFocus = false }: { autoFocus?: boolean }) => (
  <PasswordInput
    label="New password"
    description="At least 8 characters; a sentence is easiest to remember."
    name="password"
    autoComplete="new-password"
    minLength={bounds.accountPasswordLeast}
    maxLength={bounds.accountPasswordMost}
    required
    autoFocus={autoFocus}
  />
)
