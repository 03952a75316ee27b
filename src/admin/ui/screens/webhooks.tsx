import { Badge, Group, Menu, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '../api'
import { Answer } from '../parts/answer'
import { useConfirm } from '../parts/confirm'
import { NewButton } from '../parts/new-button'
import { failed, told } from '../parts/notice'
import { Page } from '../parts/page'
import { Panel } from '../parts/panel'
import { RowMenu } from '../parts/row-menu'
import { SecretDialog } from '../parts/secret-dialog'
import { events, type Webhook, webhooksChanged, webhooksQuery } from './webhooks/data'
import { Deliveries } from './webhooks/deliveries'
import { WebhookDialog } from './webhooks/dialog'

/** Addresses that are told of what happens, with what became of every message. */
export const Webhooks = () => {
  const webhooks = useQuery(webhooksQuery)
  const [edited, setEdited] = useState<Webhook | null>()
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <Page
      title="Webhooks"
      about="Other programs are told of what happens here, by signed messages."
      actions={<NewButton word="New webhook" onClick={() => setEdited(null)} />}
    >
      <Answer
        of={webhooks}
        isEmpty={({ data }) => data.length === 0}
        empty={<Panel>No webhooks yet.</Panel>}
      >
        {({ data }) => (
          <Stack>
            {data.map((webhook) => (
              <One key={webhook.id} webhook={webhook} onEdit={() => setEdited(webhook)} />
            ))}
          </Stack>
        )}
      </Answer>
      {edited !== undefined && (
        <WebhookDialog edited={edited} onClose={() => setEdited(undefined)} onMade={setSecret} />
      )}
      <SecretDialog
        title="The webhook’s secret"
        about="Copy it now: it is shown this once, and proves that a message is from here."
        what="the secret"
        secret={secret}
        onClose={() => setSecret(null)}
      />
    </Page>
  )
}

const One = ({ webhook, onEdit }: { webhook: Webhook; onEdit: () => void }) => {
  const { id, url, enabled } = webhook
  const confirm = useConfirm()
  const test = async () => {
    await ask(api.webhooks({ id }).test.post()).then(
      () => told('A test message is on its way.'),
      failed,
    )
    await webhooksChanged()
  }
  const toggle = async () => {
    await ask(api.webhooks({ id }).patch({ enabled: !enabled })).catch(failed)
    await webhooksChanged()
  }
  const remove = async () => {
    const sure = await confirm({
      title: 'Delete this webhook?',
      loses: `${url} is told of nothing any more; messages that wait are dropped. This can’t be undone.`,
      action: 'Delete the webhook',
    })
    if (!sure) return
    await ask(api.webhooks({ id }).delete()).then(() => told('The webhook is deleted.'), failed)
    await webhooksChanged()
  }
  return (
    <Panel>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2} size="h4" className="wrap">
            {url}
          </Title>
          <Text size="sm" c="dimmed">
            {webhook.events
              .map((event) => events[event as keyof typeof events] ?? event)
              .join(' · ')}{' '}
            {!enabled && (
              <Badge variant="outline" color="gray" tt="none">
                off
              </Badge>
            )}
          </Text>
          {webhook.droppedClicks > 0 && (
            <Text size="sm" c="red">
              {webhook.droppedClicks.toLocaleString('en')} clicks were never told of: its address
              was too slow
            </Text>
          )}
        </div>
        <RowMenu of={url}>
          <Menu.Item onClick={onEdit}>Edit</Menu.Item>
          <Menu.Item onClick={test}>Send a test message</Menu.Item>
          <Menu.Item onClick={toggle}>{enabled ? 'Switch off' : 'Switch on'}</Menu.Item>
          <Menu.Item color="red" onClick={remove}>
            Delete
          </Menu.Item>
        </RowMenu>
      </Group>
      <Deliveries id={id} />
    </Panel>
  )
}
