import { Badge, Code, Menu, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '../api'
import { ActionsHead } from '../parts/actions-head'
import { Answer } from '../parts/answer'
import { useConfirm } from '../parts/confirm'
import { Moment } from '../parts/moment'
import { whole } from '../parts/names'
import { NewButton } from '../parts/new-button'
import { failed, told } from '../parts/notice'
import { Page } from '../parts/page'
import { Panel } from '../parts/panel'
import { RowMenu } from '../parts/row-menu'
import { SecretDialog } from '../parts/secret-dialog'
import { type Key, keysChanged, keysQuery } from './keys/data'
import { KeyDialog } from './keys/dialog'

/** The account's keys for programs: made, renamed, confined, switched off and revoked. */
export const Keys = () => {
  const keys = useQuery(keysQuery)
  const [edited, setEdited] = useState<Key | null>()
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <Page
      title="API keys"
      about="One key opens every API of this server."
      actions={<NewButton word="New key" onClick={() => setEdited(null)} />}
    >
      <Panel>
        <Answer
          of={keys}
          empty="No keys yet. Make one for each program that shortens links for you."
        >
          {(rows) => <KeyTable rows={rows} onEdit={setEdited} />}
        </Answer>
      </Panel>
      {edited !== undefined && (
        <KeyDialog edited={edited} onClose={() => setEdited(undefined)} onMade={setSecret} />
      )}
      <SecretDialog
        title="Your new key"
        about="Copy it now: it is shown this once. What is stored here only recognises it."
        what="the key"
        secret={secret}
        onClose={() => setSecret(null)}
      />
    </Page>
  )
}

const KeyTable = ({ rows, onEdit }: { rows: readonly Key[]; onEdit: (key: Key) => void }) => {
  const confirm = useConfirm()
  const toggle = async (key: Key) => {
    await ask(api.keys({ id: key.id }).patch({ active: !key.active })).catch(failed)
    await keysChanged()
  }
  const revoke = async (key: Key) => {
    const sure = await confirm({
      title: `Revoke ${key.name || key.mask}?`,
      loses:
        'Programs that use this key are refused from their next request on. This can’t be undone.',
      action: 'Revoke the key',
    })
    if (!sure) return
    await ask(api.keys({ id: key.id }).delete()).then(() => told('The key is revoked.'), failed)
    await keysChanged()
  }
  return (
    <Table className="stacks" aria-label="API keys">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Key</Table.Th>
          <Table.Th className="figure">Requests</Table.Th>
          <Table.Th>Last used</Table.Th>
          <Table.Th>Expires</Table.Th>
          <ActionsHead />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((key) => (
          <Table.Tr key={key.id}>
            <Table.Td className="wide">
              <Text fw={600} className="wrap">
                {key.name || 'Without a name'} <KeyBadges shown={key} />
              </Text>
              <Code>{key.mask}</Code>
            </Table.Td>
            <Table.Td data-label="Requests" className="figure">
              {whole(key.requestsCount)}
            </Table.Td>
            <Table.Td data-label="Last used">
              <Moment at={key.lastUsedAt} since />
            </Table.Td>
            <Table.Td data-label="Expires">
              <Moment at={key.expiresAt} />
            </Table.Td>
            <Table.Td className="corner-end">
              <RowMenu of={key.name || key.mask}>
                <Menu.Item onClick={() => onEdit(key)}>Edit</Menu.Item>
                <Menu.Item onClick={() => toggle(key)}>
                  {key.active ? 'Switch off' : 'Switch on'}
                </Menu.Item>
                <Menu.Item color="red" onClick={() => revoke(key)}>
                  Revoke
                </Menu.Item>
              </RowMenu>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

const KeyBadges = ({ shown: { active, kind, allowedIps } }: { shown: Key }) => (
  <>
    {!active && (
      <Badge variant="outline" color="gray" tt="none">
        off
      </Badge>
    )}
    {kind === 'personal' && (
      <Badge variant="outline" tt="none">
        personal
      </Badge>
    )}
    {allowedIps.length > 0 && (
      <Badge variant="outline" color="gray" tt="none" title={allowedIps.join(', ')}>
        confined
      </Badge>
    )}
  </>
)
