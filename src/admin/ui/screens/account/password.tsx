import { PasswordInput } from '@mantine/core'
import { auth } from '../../auth'
import { Form } from '../../parts/form'
import { told } from '../../parts/notice'
import { Panel } from '../../parts/panel'
import { queryClient } from '../../queries'
import { NewPasswordField } from '../sign-in-more'

/** Changes the password; everywhere else one is signed out. */
export const Password = () => {
  const send = async (fields: FormData) => {
    await auth('/change-password', {
      currentPassword: fields.get('current'),
      newPassword: fields.get('password'),
    })
    told('Your password is changed; all your other sessions have ended.')
    await queryClient.invalidateQueries({ queryKey: ['sessions'] })
  }
  return (
    <Panel title="Password">
      <Form send={send} action="Change the password" narrow variant="default" empties>
        <PasswordInput
          label="Current password"
          name="current"
          autoComplete="current-password"
          required
        />
        <NewPasswordField />
      </Form>
    </Panel>
  )
}
