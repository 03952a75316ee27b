import { Button, Group, Modal, Select, TagsInput, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { bounds } from '../../../../bounds'
import { api, ask } from '../../api'
import { campaignsQuery } from '../../groups-data'
import { linksChanged } from '../../links-data'
import { useConfirm } from '../../parts/confirm'
import { Form } from '../../parts/form'
import { whole } from '../../parts/names'
import { failed, told } from '../../parts/notice'
import { exportChosen } from './export-chosen'

type Edit = Omit<Parameters<typeof api.links.bulk.patch>[0], 'ids'>
type Props = { chosen: ReadonlySet<number>; onDone: () => void }

/** What can be done to the chosen links together. */
export const BulkBar = ({ chosen, onDone }: Props) => {
  const [asking, setAsking] = useState<'tag' | 'move' | null>(null)
  const confirm = useConfirm()
  const ids = [...chosen]
  const links = ids.length === 1 ? '1 link' : `${whole(ids.length)} links`
  const finish = async (what: string) => {
    told(`${links} ${what}.`)
    setAsking(null)
    onDone()
    await linksChanged()
  }
  const edit = async (changes: Edit, what: string) => {
    await ask(api.links.bulk.patch({ ids, ...changes }))
    await finish(what)
  }
  const now = (changes: Edit, what: string) => () => edit(changes, what).catch(failed)
  const remove = async () => {
    const sure = await confirm({
      title: `Delete ${links}?`,
      loses: `From now on ${ids.length === 1 ? 'it answers' : 'they answer'} “gone”, and ${ids.length === 1 ? 'its code is' : 'their codes are'} not given to anybody else. This can’t be undone.`,
      action: `Delete ${links}`,
    })
    if (!sure) return
    await ask(api.links.bulk.delete.post({ ids })).then(() => finish('deleted'), failed)
  }
  if (ids.length === 0) return null
  return (
    <Group gap="xs" className="chosen" role="toolbar" aria-label="Chosen links">
      <Text fw={600}>{links} chosen</Text>
      <Button size="xs" variant="default" onClick={() => setAsking('tag')}>
        Tag
      </Button>
      <Button size="xs" variant="default" onClick={() => setAsking('move')}>
        Move
      </Button>
      <Button size="xs" variant="default" onClick={now({ enabled: false }, 'switched off')}>
        Switch off
      </Button>
      <Button size="xs" variant="default" onClick={now({ enabled: true }, 'switched on')}>
        Switch on
      </Button>
      <Button size="xs" variant="default" onClick={() => exportChosen(ids).catch(failed)}>
        Export
      </Button>
      <Button size="xs" variant="light" color="red" onClick={remove}>
        Delete
      </Button>
      <Button size="xs" variant="subtle" onClick={onDone}>
        Choose none
      </Button>
      {asking === 'tag' && (
        <TagDialog onClose={() => setAsking(null)} send={(edits) => edit(edits, 'tagged')} />
      )}
      {asking === 'move' && (
        <MoveDialog onClose={() => setAsking(null)} send={(edits) => edit(edits, 'moved')} />
      )}
    </Group>
  )
}

type DialogProps = { onClose: () => void; send: (edit: Edit) => Promise<void> }

const TagDialog = ({ onClose, send }: DialogProps) => {
  const [addTags, setAdded] = useState<string[]>([])
  const [removeTags, setRemoved] = useState<string[]>([])
  return (
    <Modal opened onClose={onClose} title="Tag the chosen links">
      <Form send={() => send({ addTags, removeTags })} action="Apply">
        <TagsInput label="Add" value={addTags} onChange={setAdded} maxTags={10} data-autofocus />
        <TagsInput label="Take away" value={removeTags} onChange={setRemoved} maxTags={10} />
      </Form>
    </Modal>
  )
}

const MoveDialog = ({ onClose, send }: DialogProps) => {
  const { data: campaigns = [] } = useQuery(campaignsQuery)
  const [folder, setFolder] = useState('')
  const [campaignId, setCampaign] = useState<string | null>(null)
  return (
    <Modal opened onClose={onClose} title="Move the chosen links">
      <Form
        send={() =>
          send({ folder: folder.trim() || null, ...(campaignId === null ? {} : { campaignId }) })
        }
        action="Move"
      >
        <TextInput
          label="Folder"
          description="Empty: out of any folder."
          maxLength={bounds.folder}
          value={folder}
          onChange={({ currentTarget }) => setFolder(currentTarget.value)}
          data-autofocus
        />
        <Select
          label="Campaign"
          placeholder="As it is"
          clearable
          data={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
          value={campaignId}
          onChange={setCampaign}
        />
      </Form>
    </Modal>
  )
}
