import { Anchor, Menu, Modal, Table, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link as To } from 'wouter'
import { bounds } from '../../../bounds'
import { api, ask } from '../api'
import { type Campaign, campaignsQuery } from '../groups-data'
import { linksChanged } from '../links-data'
import { ActionsHead } from '../parts/actions-head'
import { Answer } from '../parts/answer'
import { useConfirm } from '../parts/confirm'
import { Form } from '../parts/form'
import { whole } from '../parts/names'
import { NewButton } from '../parts/new-button'
import { failed, told } from '../parts/notice'
import { Page } from '../parts/page'
import { Panel } from '../parts/panel'
import { RowMenu } from '../parts/row-menu'

/** Campaigns: groups of links whose statistics are read together. */
export const Campaigns = () => {
  const campaigns = useQuery(campaignsQuery)
  const [edited, setEdited] = useState<Campaign | null>()
  const confirm = useConfirm()
  const remove = async ({ id, name, links }: Campaign) => {
    const sure = await confirm({
      title: `Delete the campaign ${name}?`,
      loses: `Its ${whole(links)} links stay, but belong to no campaign any more.`,
      action: 'Delete the campaign',
    })
    if (!sure) return
    await ask(api.campaigns({ id }).delete()).then(() => told(`${name} is deleted.`), failed)
    await linksChanged()
  }
  return (
    <Page
      title="Campaigns"
      about="Links that belong together, and are counted together."
      actions={<NewButton word="New campaign" onClick={() => setEdited(null)} />}
    >
      <Panel>
        <Answer of={campaigns} empty="No campaigns yet.">
          {(rows) => (
            <Table className="stacks" aria-label="Campaigns">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Name</Table.Th>
                  <Table.Th className="figure">Links</Table.Th>
                  <Table.Th>Identifier</Table.Th>
                  <ActionsHead />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((campaign) => (
                  <Table.Tr key={campaign.id}>
                    <Table.Td className="wide">
                      <Anchor
                        component={To}
                        href={`/admin?campaignId=${campaign.id}`}
                        fw={600}
                        className="wrap"
                      >
                        {campaign.name}
                      </Anchor>
                    </Table.Td>
                    <Table.Td data-label="Links" className="figure">
                      <Anchor component={To} href={`/admin/links?campaignId=${campaign.id}`}>
                        {whole(campaign.links)}
                      </Anchor>
                    </Table.Td>
                    <Table.Td data-label="Identifier">
                      <code>{campaign.id}</code>
                    </Table.Td>
                    <Table.Td className="corner-end">
                      <RowMenu of={campaign.name}>
                        <Menu.Item onClick={() => setEdited(campaign)}>Rename</Menu.Item>
                        <Menu.Item color="red" onClick={() => remove(campaign)}>
                          Delete
                        </Menu.Item>
                      </RowMenu>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Answer>
      </Panel>
      {edited !== undefined && <NameDialog edited={edited} onClose={() => setEdited(undefined)} />}
    </Page>
  )
}

const NameDialog = ({ edited, onClose }: { edited: Campaign | null; onClose: () => void }) => {
  const send = async (fields: FormData) => {
    const body = { name: String(fields.get('name')).trim() }
    if (edited === null) await ask(api.campaigns.post(body))
    else await ask(api.campaigns({ id: edited.id }).patch(body))
    onClose()
    await linksChanged()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={edited === null ? 'New campaign' : 'Rename the campaign'}
    >
      <Form send={send} action={edited === null ? 'Make the campaign' : 'Save'}>
        <TextInput
          label="Name"
          name="name"
          maxLength={bounds.name}
          required
          defaultValue={edited?.name ?? ''}
          data-autofocus
        />
      </Form>
    </Modal>
  )
}
