import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { campaignsQuery } from '../../groups-data'
import type { Link } from '../../links-data'
import { Moment } from '../../parts/moment'
import { whole } from '../../parts/names'
import { Panel } from '../../parts/panel'

/** What a link is set to. */
export const Details = ({ link }: { link: Link }) => {
  const { data: campaigns } = useQuery(campaignsQuery)
  const campaign = campaigns?.find(({ id }) => id === link.campaignId)?.name ?? link.campaignId
  const rows: [string, ReactNode][] = [
    ['Destination', link.destination],
    ['Made', <Moment key="made" at={link.createdAt} />],
    ['Changed', <Moment key="changed" at={link.updatedAt} />],
    ['Clicks in all', `${whole(link.clicks)} by ${whole(link.visitors)} visitors`],
    ['Starts', link.startsAt && <Moment at={link.startsAt} />],
    ['Expires', link.expiresAt && <Moment at={link.expiresAt} />],
    ['Most clicks', link.maxClicks !== null && whole(link.maxClicks)],
    ['Password', link.hasPassword && 'asked for'],
    ['Tags', link.tags.join(', ')],
    ['Folder', link.folder],
    ['Campaign', campaign],
    ['Status', link.redirectStatus],
    ['Query', link.forwardQuery && 'passed on'],
    ['Statistics', link.publicStats && 'readable by anybody'],
    ['Notes', link.notes],
  ]
  return (
    <Panel title="Settings">
      <dl className="details">
        {rows
          .filter(([, value]) => value !== null && value !== false && value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Panel>
  )
}
