import {
  Badge,
  Button,
  Code,
  Group,
  Menu,
  Modal,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '../api'
import { type Domain, domainsQuery } from '../groups-data'
import { Answer } from '../parts/answer'
import { useConfirm } from '../parts/confirm'
import { CopyIcon } from '../parts/copy'
import { Form } from '../parts/form'
import { NewButton } from '../parts/new-button'
import { failed, told } from '../parts/notice'
import { Page } from '../parts/page'
import { Panel } from '../parts/panel'
import { RowMenu } from '../parts/row-menu'
import { queryClient, useSession } from '../queries'

const domainsChanged = () => queryClient.invalidateQueries({ queryKey: ['domains'] })

/** Hosts of one's own for short links, proved by a TXT record. */
export const Domains = () => {
  const domains = useQuery(domainsQuery)
  const [adding, setAdding] = useState(false)
  return (
    <Page
      title="Domains"
      about="Short links on a host of your own."
      actions={<NewButton word="Add a domain" onClick={() => setAdding(true)} />}
    >
      <Answer
        of={domains}
        empty={<Panel>No domains yet: links live on this server’s own host.</Panel>}
      >
        {(rows) => (
          <Stack>
            {rows.map((domain) => (
              <DomainPanel key={domain.id} domain={domain} />
            ))}
          </Stack>
        )}
      </Answer>
      {adding && <AddDialog onClose={() => setAdding(false)} />}
    </Page>
  )
}

const DomainPanel = ({ domain }: { domain: Domain }) => {
  const { id, host, verified, txtRecord } = domain
  const { account } = useSession()
  const confirm = useConfirm()
  const verify = async (force: boolean) => {
    await ask(api.domains({ id }).verify.post({ force })).then(
      () => told(`${host} is verified.`),
      failed,
    )
    await domainsChanged()
  }
  const remove = async () => {
    const sure = await confirm({
      title: `Remove ${host}?`,
      loses: 'Short links on it stop working; only a domain without links can be removed.',
      action: 'Remove the domain',
    })
    if (!sure) return
    await ask(api.domains({ id }).delete()).then(() => told(`${host} is removed.`), failed)
    await domainsChanged()
  }
  return (
    <Panel>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} size="h4" className="wrap">
          {host}{' '}
          <Badge
            variant={verified ? 'dot' : 'outline'}
            color={verified ? 'teal.9' : 'gray'}
            tt="none"
          >
            {verified ? 'Verified' : 'Not verified'}
          </Badge>
        </Title>
        <RowMenu of={host}>
          {!verified && account?.role === 'admin' && (
            <Menu.Item onClick={() => verify(true)}>Trust without a record</Menu.Item>
          )}
          <Menu.Item color="red" onClick={remove}>
            Remove
          </Menu.Item>
        </RowMenu>
      </Group>
      {!verified && (
        <>
          <Text mt="xs">
            Point the host at this server, and put this TXT record at{' '}
            <Code>_snug.{host.replace(/:\d+$/, '')}</Code>:
          </Text>
          <Group gap="xs" my="xs" wrap="nowrap">
            <Code block className="wrap grow">
              {txtRecord}
            </Code>
            <CopyIcon text={txtRecord} what="the record" />
          </Group>
          <Button size="xs" onClick={() => verify(false)}>
            Check the record
          </Button>
        </>
      )}
    </Panel>
  )
}

const AddDialog = ({ onClose }: { onClose: () => void }) => {
  const send = async (fields: FormData) => {
    await ask(api.domains.post({ host: String(fields.get('host')).trim() }))
    onClose()
    await domainsChanged()
  }
  return (
    <Modal opened onClose={onClose} title="Add a domain">
      <Form send={send} action="Add">
        <TextInput
          label="Host"
          name="host"
          placeholder="go.example.com"
          required
          maxLength={253}
          data-autofocus
        />
      </Form>
    </Modal>
  )
}
