import { Anchor, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import { Link as To } from 'wouter'
import { clockTime } from '../parts/moments'
import { countryName } from '../parts/names'
import { Panel } from '../parts/panel'
import { type LiveClick, useLiveClicks } from './live-clicks'

const most = 12
/** Clicks as they happen. */
export const Live = () => {
  const [clicks, setClicks] = useState<(LiveClick & { key: number })[]>([])
  const count = useRef(0)
  const open = useLiveClicks((click) => {
    const key = ++count.current
    setClicks((earlier) => [{ ...click, key }, ...earlier].slice(0, most))
  })
  return (
    <Panel title="Live">
      <div aria-live="off">
        {clicks.length === 0 && (
          <Text c="dimmed">
            {open ? 'Waiting for the next click.' : 'Not connected; trying again.'}
          </Text>
        )}
        <ol className="live">
          {clicks.map(({ key, linkId, code, at, country, browser, bot }) => (
            <li key={key}>
              <time dateTime={at}>{clockTime(at)}</time>
              <Anchor component={To} href={`/admin/links/${linkId}`} fw={600} className="one-line">
                {code}
              </Anchor>
              <span className="soft one-line">
                {bot ?? `${countryName(country)} · ${browser || 'unknown browser'}`}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </Panel>
  )
}
