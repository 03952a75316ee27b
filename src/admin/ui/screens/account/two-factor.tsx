import {
  Button,
  Code,
  Group,
  Modal,
  PasswordInput,
  SimpleGrid,
  Text,
  TextInput,
} from '@mantine/core'
import { useState } from 'react'
import { renderSVG } from 'uqr'
import { auth } from '../../auth'
import { CopyWord } from '../../parts/copy'
import { Form } from '../../parts/form'
import { told } from '../../parts/notice'
import { Panel } from '../../parts/panel'
import { queryClient } from '../../queries'

type Enrolment = { totpURI: string; backupCodes: string[] }

const sessionChanged = () => queryClient.invalidateQueries({ queryKey: ['session'] })

/** The second step at sign-in: six digits of an authenticator app. */
export const TwoFactor = ({ enabled }: { enabled: boolean }) => {
  const [asking, setAsking] = useState(false)
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null)
  const start = async (fields: FormData) => {
    const password = fields.get('password')
    if (enabled) {
      await auth('/two-factor/disable', { password })
      told('Only your password is asked for now.')
      await sessionChanged()
    } else setEnrolment(await auth<Enrolment>('/two-factor/enable', { password }))
    setAsking(false)
  }
  return (
    <Panel title="Second step">
      <Group justify="space-between">
        <Text>
          {enabled
            ? 'Signing in also asks for six digits from your authenticator app.'
            : 'Ask for six digits from an authenticator app as well.'}
        </Text>
        <Button variant="default" onClick={() => setAsking(true)}>
          {enabled ? 'Switch off' : 'Set up'}
        </Button>
      </Group>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Your password, please">
        <Form send={start} action={enabled ? 'Switch the second step off' : 'Continue'}>
          <PasswordInput
            label="Password"
            name="password"
            autoComplete="current-password"
            required
            data-autofocus
          />
        </Form>
      </Modal>
      <Modal
        opened={enrolment !== null}
        onClose={() => setEnrolment(null)}
        title="Set up the second step"
        size="lg"
      >
        {enrolment !== null && <Enrol enrolment={enrolment} onDone={() => setEnrolment(null)} />}
      </Modal>
    </Panel>
  )
}

const Enrol = ({
  enrolment: { totpURI, backupCodes },
  onDone,
}: {
  enrolment: Enrolment
  onDone: () => void
}) => {
  const secret = URL.parse(totpURI)?.searchParams.get('secret') ?? ''
  const picture = `data:image/svg+xml,${encodeURIComponent(renderSVG(totpURI, { border: 2 }))}`
  const verify = async (fields: FormData) => {
    await auth('/two-factor/verify-totp', { code: String(fields.get('code')).trim() })
    told('The second step is on.')
    onDone()
    await sessionChanged()
  }
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <img src={picture} alt="QR code for your authenticator app" className="code-picture" />
        <div>
          <Text mb="xs">Scan this with your authenticator app, or type the secret:</Text>
          <Code block className="wrap" data-testid="totp-secret">
            {secret}
          </Code>
          <Text mt="md" mb="xs">
            Keep these recovery codes where you keep your passwords; each works once:
          </Text>
          <Code block>{backupCodes.join('\n')}</Code>
          <Group mt="xs">
            <CopyWord text={backupCodes.join('\n')} what="the recovery codes" />
          </Group>
        </div>
      </SimpleGrid>
      <Form send={verify} action="Switch on">
        <TextInput
          label="Six digits from the app"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
        />
      </Form>
    </>
  )
}
