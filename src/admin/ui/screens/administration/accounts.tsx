import { Badge, Group, Menu, Pagination, Table, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link as To } from 'wouter'
import { api, ask } from '../../api'
import { ActionsHead } from '../../parts/actions-head'
import { useAddress } from '../../parts/address'
import { Answer } from '../../parts/answer'
import { useConfirm } from '../../parts/confirm'
import { Moment } from '../../parts/moment'
import { NewButton } from '../../parts/new-button'
import { failed, told } from '../../parts/notice'
import { Page } from '../../parts/page'
import { Panel } from '../../parts/panel'
import { RowMenu } from '../../parts/row-menu'
import { useSession } from '../../queries'
import { AccountDialog } from './account-dialog'
import { type Account, accountsChanged } from './accounts-data'
import { CustomerLookup } from './customer-lookup'

const perPage = 50

/** Everybody who owns links here: people, customers by key, guests. */
export const Accounts = () => {
  const address = useAddress()
  const page = Math.max(1, Number.parseInt(address.values.page ?? '', 10) || 1)
  const accounts = useQuery({
    queryKey: ['accounts', page],
    queryFn: () => ask(api.accounts.get({ query: { page, limit: perPage } })),
    placeholderData: keepPreviousData,
  })
  const [edited, setEdited] = useState<Account | null>()
  const total = accounts.data?.total ?? 0
  return (
    <Page
      title="Accounts"
      about="People, customers known by a key, and guests."
      actions={<NewButton word="New account" onClick={() => setEdited(null)} />}
    >
      <Panel>
        <Answer of={accounts} isEmpty={({ data }) => data.length === 0} empty="No accounts.">
          {({ data }) => <AccountTable rows={data} onEdit={setEdited} />}
        </Answer>
        {total > perPage && (
          <Group justify="center" mt="md">
            <Pagination
              total={Math.ceil(total / perPage)}
              value={page}
              onChange={(next) => address.set({ page: String(next) })}
              getControlProps={(control) => ({ 'aria-label': `${control} page` })}
            />
          </Group>
        )}
      </Panel>
      <CustomerLookup onEdit={setEdited} />
      {edited !== undefined && (
        <AccountDialog edited={edited} onClose={() => setEdited(undefined)} />
      )}
    </Page>
  )
}

const nameOf = ({ email, displayName, kind, id }: Account) =>
  displayName || email || `${kind} ${id}`

type TableProps = { rows: readonly Account[]; onEdit: (account: Account) => void }

const AccountTable = ({ rows, onEdit }: TableProps) => (
  <Table className="stacks" aria-label="Accounts">
    <Table.Thead>
      <Table.Tr>
        <Table.Th>Account</Table.Th>
        <Table.Th>Kind</Table.Th>
        <Table.Th>Plan</Table.Th>
        <Table.Th>Since</Table.Th>
        <ActionsHead />
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody>
      {rows.map((account) => (
        <Table.Tr key={account.id}>
          <Table.Td className="wide">
            <Text fw={600} className="wrap">
              {nameOf(account)}{' '}
              {account.suspended && (
                <Badge variant="outline" color="red" tt="none">
                  {account.linksStay ? 'suspended, links open' : 'suspended'}
                </Badge>
              )}
            </Text>
            {account.email !== null && account.email !== nameOf(account) && (
              <Text size="sm" c="dimmed" className="wrap">
                {account.email}
              </Text>
            )}
          </Table.Td>
          <Table.Td data-label="Kind">
            {account.role === 'admin' ? 'administrator' : account.kind}
          </Table.Td>
          <Table.Td data-label="Plan">
            {account.plan}
            {account.planExpiresAt !== null && (
              <Text span size="sm" c="dimmed">
                {' '}
                until <Moment at={account.planExpiresAt} />
              </Text>
            )}
          </Table.Td>
          <Table.Td data-label="Since">
            <Moment at={account.createdAt} since />
          </Table.Td>
          <Table.Td className="corner-end">
            <AccountActions account={account} onEdit={() => onEdit(account)} />
          </Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  </Table>
)

const AccountActions = ({ account, onEdit }: { account: Account; onEdit: () => void }) => {
  const { account: own } = useSession()
  const confirm = useConfirm()
  const name = nameOf(account)
  const suspend = async () => {
    const suspended = !account.suspended
    await ask(api.accounts({ id: account.id }).patch({ suspended })).then(
      () => told(suspended ? `${name} is suspended, its links are closed.` : `${name} may go on.`),
      failed,
    )
    await accountsChanged()
  }
  const remove = async () => {
    const sure = await confirm({
      title: `Delete ${name}?`,
      loses:
        'The account, its keys, its links and all their statistics are deleted. This can’t be undone.',
      action: 'Delete the account',
    })
    if (!sure) return
    await ask(api.accounts({ id: account.id }).delete()).then(
      () => told(`${name} is deleted.`),
      failed,
    )
    await accountsChanged()
  }
  return (
    <RowMenu of={name}>
      <Menu.Item onClick={onEdit}>Edit</Menu.Item>
      <Menu.Item component={To} href={`/admin?account=${account.id}`}>
        Statistics
      </Menu.Item>
      {own?.id !== account.id && (
        <>
          <Menu.Item onClick={suspend}>{account.suspended ? 'Let go on' : 'Suspend'}</Menu.Item>
          <Menu.Item color="red" onClick={remove}>
            Delete
          </Menu.Item>
        </>
      )}
    </RowMenu>
  )
}
