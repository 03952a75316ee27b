import { Alert, PasswordInput, Text, TextInput } from '@mantine/core'
import { useLocation, useSearchParams } from 'wouter'
import { bounds } from '../../../bounds'
import { api, ask } from '../api'
import { auth } from '../auth'
import { Form } from '../parts/form'
import { queryClient } from '../queries'
import { Stranger } from './stranger'

/** The first visit: makes the first administrator, with the token of the printed link. */
export const SetUp = () => {
  const [asked] = useSearchParams()
  const [, go] = useLocation()
  const token = asked.get('token') ?? ''
  const send = async (fields: FormData) => {
    const email = String(fields.get('email'))
    const password = String(fields.get('password'))
    await ask(api.setup.post({ token: token || String(fields.get('token')), email, password }))
    await auth('/sign-in/email', { email, password })
    await queryClient.resetQueries({ queryKey: ['session'] })
    go('/admin', { replace: true })
  }
  return (
    <Stranger title="Welcome">
      <Text mb="md">This server is new. Make the account that looks after it.</Text>
      {token === '' && (
        <Alert mb="md" color="rust">
          Open the link that the server printed when it started: it carries a token that proves you
          are its operator.
        </Alert>
      )}
      <Form send={send} action="Make the account and sign in" wide>
        {token === '' && <TextInput label="Token" name="token" required autoComplete="off" />}
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
        />
        <PasswordInput
          label="Password"
          description="At least 8 characters; a sentence is easiest to remember."
          name="password"
          autoComplete="new-password"
          minLength={bounds.accountPasswordLeast}
          maxLength={bounds.accountPasswordMost}
          required
        />
      </Form>
    </Stranger>
  )
}
