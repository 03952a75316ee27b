import { Badge, Button, Group, List, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { auth } from '../../auth'
import { Answer } from '../../parts/answer'
import { Moment } from '../../parts/moment'
import { failed, told } from '../../parts/notice'
import { Panel } from '../../parts/panel'
import { queryClient } from '../../queries'

type Device = { id: number; label: string; current: boolean; createdAt: string; expiresAt: string }

/** Below that of the sessions: what ends all others of these ends the trust as well. */
const queryKey = ['sessions', 'trusted devices']

/** Where the second step is not asked for, and how to end that. */
export const TrustedDevices = () => {
  const devices = useQuery({ queryKey, queryFn: () => auth<Device[]>('/list-trusted-devices') })
  const forget = async (id: number) => {
    await auth('/forget-trusted-device', { id }).then(
      () => told('That device is asked for the second step again.'),
      failed,
    )
    await queryClient.invalidateQueries({ queryKey })
  }
  return (
    <Panel title="Trusted devices">
      <Text mb="md">
        There the password alone signs you in. Signing out everywhere else, a new password and
        another second step end the trust in all of them.
      </Text>
      <Answer of={devices} empty="None: the second step is asked for everywhere." lines={1}>
        {(rows) => (
          <List listStyleType="none" spacing="xs">
            {rows.map((device) => (
              <DeviceRow key={device.id} device={device} forget={() => void forget(device.id)} />
            ))}
          </List>
        )}
      </Answer>
    </Panel>
  )
}

const DeviceRow = ({ device, forget }: { device: Device; forget: () => void }) => (
  <List.Item>
    <Group justify="space-between" wrap="nowrap">
      <Text className="wrap">
        {device.label}, signed in <Moment at={device.createdAt} since />, trusted until{' '}
        <Moment at={device.expiresAt} />{' '}
        {device.current && (
          <Badge variant="light" tt="none">
            this one
          </Badge>
        )}
      </Text>
      <Button
        size="xs"
        variant="subtle"
        color="red"
        onClick={forget}
        aria-label={`Forget the device ${device.label}`}
      >
        Forget
      </Button>
    </Group>
  </List.Item>
)
