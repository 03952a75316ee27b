import { Alert, Anchor, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { basePath } from '../api'
import { auth } from '../auth'
import { Form } from '../parts/form'
import { ownPath } from '../parts/own-path'
import { canUsePasskeys, signInWithPasskey } from '../passkeys'
import { queryClient, sessionQuery } from '../queries'
import { ForgotPassword, NewPassword, SecondStep, SignUp } from './sign-in-more'
import { Stranger } from './stranger'

type Step = 'password' | 'second' | 'forgot' | 'sign-up'

/** Signing in: password and second step, passkey, providers; a new password; a new account where allowed. */
export const SignIn = () => {
  const [asked] = useSearchParams()
  const [, go] = useLocation()
  const [step, setStep] = useState<Step>('password')
  const next = ownPath(asked.get('next'))
  const finish = async () => {
    await queryClient.resetQueries({ queryKey: ['session'] })
    go(next, { replace: true })
  }
  const token = asked.get('token')
  if (token !== null) return <NewPassword token={token} />
  if (step === 'second') return <SecondStep onDone={finish} />
  if (step === 'forgot') return <ForgotPassword back={() => setStep('password')} />
  if (step === 'sign-up') return <SignUp onDone={finish} back={() => setStep('password')} />
  return <Password next={next} onDone={finish} onStep={setStep} problem={asked.get('error')} />
}

type Props = {
  next: string
  problem: string | null
  onDone: () => Promise<void>
  onStep: (step: Step) => void
}

const Password = ({ next, problem, onDone, onStep }: Props) => {
  const { data: session } = useQuery(sessionQuery)
  const send = async (fields: FormData) => {
    const body = { email: fields.get('email'), password: fields.get('password') }
    const answer = await auth<{ twoFactorRedirect?: boolean }>('/sign-in/email', body)
    if (answer.twoFactorRedirect === true) onStep('second')
    else await onDone()
  }
  return (
    <Stranger title="Sign in">
      {session?.needsSetUp === true && (
        <Alert color="rust" mb="md">
          This server has no account yet. Open the link that it printed when it started, to make the
          first one.
        </Alert>
      )}
      {problem !== null && (
        <Alert color="red" mb="md" role="alert">
          Signing in did not work: {problem.replaceAll('_', ' ')}.
        </Alert>
      )}
      <Form send={send} action="Sign in" wide>
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username webauthn"
          required
          autoFocus
        />
        <PasswordInput label="Password" name="password" autoComplete="current-password" required />
      </Form>
      <Stack gap="xs" mt="md">
        <OtherWays next={next} onDone={onDone} />
        <Text size="sm" ta="center">
          <Anchor component="button" type="button" onClick={() => onStep('forgot')}>
            Forgot your password?
          </Anchor>
          {session?.signup === 'open' && (
            <>
              {' · '}
              <Anchor component="button" type="button" onClick={() => onStep('sign-up')}>
                Make an account
              </Anchor>
            </>
          )}
        </Text>
      </Stack>
    </Stranger>
  )
}

const OtherWays = ({ next, onDone }: { next: string; onDone: () => Promise<void> }) => {
  const { data: session } = useQuery(sessionQuery)
  const providers = session?.providers ?? []
  if (providers.length === 0 && !canUsePasskeys()) return null
  const leave = (provider: string) => async () => {
    const answer = await auth<{ url: string }>('/sign-in/social', {
      provider,
      callbackURL: `${basePath}${next}`,
      errorCallbackURL: `${basePath}/auth`,
    })
    window.location.assign(answer.url)
  }
  return (
    <>
      <Divider label="or" />
      {canUsePasskeys() && (
        <Form
          send={async () => {
            await signInWithPasskey()
            await onDone()
          }}
          action="Sign in with a passkey"
          wide
          variant="default"
          icon={<IconFingerprint size={18} />}
        />
      )}
      {providers.map(({ id, name }) => (
        <Form key={id} send={leave(id)} action={`Continue with ${name}`} wide variant="default" />
      ))}
    </>
  )
}
