import { Alert, Badge, Button, Code, PasswordInput, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api, ask, type Data } from '../../api'
import { Answer } from '../../parts/answer'
import { Form } from '../../parts/form'
import { Moment } from '../../parts/moment'
import { size, whole } from '../../parts/names'
import { told } from '../../parts/notice'
import { Page } from '../../parts/page'
import { Panel } from '../../parts/panel'
import { saveBackup } from './backup'

type Figures = Data<typeof api.system.get>

/** How the server is doing, and a copy of all it knows. */
export const System = () => {
  const system = useQuery({
    queryKey: ['system'],
    queryFn: () => ask(api.system.get()),
    refetchInterval: 10_000,
  })
  return (
    <Page
      title="System"
      actions={
        <Button component="a" href="docs" variant="default">
          API reference
        </Button>
      }
    >
      <Answer of={system} lines={10}>
        {(figures) => (
          <>
            <Warnings figures={figures} />
            <Health figures={figures} />
            <Storage figures={figures} />
            <Network figures={figures} />
          </>
        )}
      </Answer>
      <Backup />
    </Page>
  )
}

const Warnings = ({ figures: { clicks, proxies, limitsEnforced } }: { figures: Figures }) => (
  <>
    {!clicks.storing && (
      <Alert color="red" title="Clicks are not being stored" role="alert">
        The database refuses them. {whole(clicks.waiting)} wait in memory; redirects go on.
      </Alert>
    )}
    {proxies.untrusted !== null && (
      <Alert color="yellow" title="A proxy that is not trusted">
        {proxies.untrusted} sends forwarding headers, and they are not believed: visitors seem to
        come from it. If it is yours, start the server with{' '}
        <Code>SNUG_TRUSTED_PROXIES={proxies.untrusted}</Code>.
      </Alert>
    )}
    {!limitsEnforced && (
      <Alert color="yellow">No limit is enforced: SNUG_RATE_LIMITS is off.</Alert>
    )}
  </>
)

const Health = ({ figures }: { figures: Figures }) => (
  <Panel title="Health">
    <Facts
      rows={[
        [
          'State',
          <Badge key="state" variant="dot" tt="none" color={figures.healthy ? 'teal.9' : 'red'}>
            {figures.healthy ? 'well' : 'failing'}
          </Badge>,
        ],
        ['Version', `snug ${figures.version} on ${figures.runtime}`],
        ['Running since', <Moment key="since" at={figures.startedAt} />],
        ['Memory', size(figures.memoryBytes)],
        ['Country data', figures.countryData],
      ]}
    />
  </Panel>
)

const Storage = ({ figures: { database, clicks } }: { figures: Figures }) => (
  <Panel title="Storage">
    <Facts
      rows={[
        ['Folder', <Code key="folder">{database.folder}</Code>],
        ['Database', size(database.bytes)],
        ['Its log', size(database.logBytes)],
        ['Clicks stored since the start', whole(clicks.stored)],
        ['Clicks waiting', whole(clicks.waiting)],
        ['Clicks dropped', whole(clicks.dropped)],
      ]}
    />
  </Panel>
)

const Network = ({ figures: { request, proxies } }: { figures: Figures }) => (
  <Panel title="How the server sees you">
    <Facts
      rows={[
        ['Your address', <Code key="address">{request.address}</Code>],
        ['Connected', <Code key="peer">{request.peer ?? 'unknown'}</Code>],
        ['This server', <Code key="origin">{request.origin}</Code>],
        ['Trusted proxies', proxies.trusted.join(', ') || 'none'],
        ...Object.entries(request.headers).map(
          ([name, value]): Fact => [name, <Code key={name}>{value}</Code>],
        ),
      ]}
    />
  </Panel>
)

type Fact = [string, ReactNode]

const Facts = ({ rows }: { rows: Fact[] }) => (
  <dl className="details">
    {rows.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

const Backup = () => (
  <Panel title="Backup">
    <Text mb="sm">
      A consistent copy of the database, taken while the server runs. Keep the file{' '}
      <Code>secret</Code> of the data folder with it: without it, personal keys can’t be shown
      again.
    </Text>
    <Form
      send={async (fields) => {
        await saveBackup(String(fields.get('password')))
        told('The backup is saved.')
      }}
      action="Download a backup"
      icon={<IconDownload size={18} />}
      narrow
      empties
    >
      <PasswordInput
        label="Your password"
        description="Again, because the file holds everything. Leave it empty if you sign in without one."
        name="password"
        autoComplete="current-password"
      />
    </Form>
  </Panel>
)
