import { Anchor, Button, Group, Stack } from '@mantine/core'
import { IconExternalLink, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useLocation, useParams } from 'wouter'
import { api, ask } from '../api'
import { type Link, linkQuery, linksChanged } from '../links-data'
import { useAddress } from '../parts/address'
import { Answer } from '../parts/answer'
import { useConfirm } from '../parts/confirm'
import { CopyIcon } from '../parts/copy'
import { useDraft } from '../parts/drafting'
import { whole } from '../parts/names'
import { failed, told } from '../parts/notice'
import { Page } from '../parts/page'
import { useReport } from '../stats/data'
import { FilterBar } from '../stats/filter-bar'
import { useLiveClicks } from '../stats/live-clicks'
import { FullReport } from '../stats/report'
import { ClickLog } from './link/click-log'
import { Details } from './link/details'
import { Exports } from './link/exports'
import { QrPanel } from './link/qr-panel'
import { StateBadge, UnsafeBadge } from './links/state-badge'

/** One link: what it is, all its statistics, its clicks one by one, and its QR code. */
export const LinkPage = () => {
  const { id } = useParams<{ id: string }>()
  const link = useQuery(linkQuery(Number(id)))
  return (
    <Answer of={link} lines={10}>
      {(data) => <Shown link={data} />}
    </Answer>
  )
}

const Shown = ({ link }: { link: Link }) => {
  const { id, code, title, shortUrl, destination, state } = link
  const address = useAddress()
  const report = useReport(address.values, link)
  useLiveClicks()
  return (
    <Page
      title={title ?? code}
      about={
        <Stack gap={2}>
          <Group gap={6} wrap="nowrap">
            <Anchor href={shortUrl} target="_blank" rel="noreferrer" fw={600} className="wrap">
              {shortUrl} <IconExternalLink size={14} aria-label="opens in a new tab" />
            </Anchor>
            <CopyIcon text={shortUrl} what="the short link" />
            <StateBadge state={state} />
            {link.unsafe && <UnsafeBadge />}
          </Group>
          <span className="wrap three-lines" title={destination}>
            → {destination}
          </span>
        </Stack>
      }
      actions={state !== 'deleted' && <Actions link={link} />}
    >
      <FilterBar address={address} />
      <Answer of={report} lines={8}>
        {(data) => <FullReport report={{ ...data, topLinks: null }} address={address} />}
      </Answer>
      <Details link={link} />
      <QrPanel link={link} />
      <Exports id={id} code={code} />
      <ClickLog id={id} />
    </Page>
  )
}

const Actions = ({ link }: { link: Link }) => {
  const { open } = useDraft()
  const confirm = useConfirm()
  const [, go] = useLocation()
  const remove = async () => {
    const sure = await confirm({
      title: `Delete ${link.code}?`,
      loses: `From now on ${link.shortUrl} answers “gone”; its ${whole(link.clicks)} clicks stay readable. The code is not given to anybody else. This can’t be undone.`,
      action: 'Delete the link',
    })
    if (!sure) return
    try {
      await ask(api.links({ id: link.id }).delete())
      told(`${link.code} is deleted.`)
      go('/admin/links')
      await linksChanged()
    } catch (error) {
      failed(error)
    }
  }
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={18} />} onClick={() => open(link)}>
        Edit
      </Button>
      <Button variant="default" leftSection={<IconTrash size={18} />} onClick={remove}>
        Delete
      </Button>
    </>
  )
}
