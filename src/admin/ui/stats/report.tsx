import { Alert, Anchor, SimpleGrid, Skeleton, Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Link as To } from 'wouter'
import type { Address } from '../parts/address'
import { compact } from '../parts/names'
import { Panel } from '../parts/panel'
import { type Narrowing, narrowing } from './asked'
import { Bars } from './bars'
import type { Report } from './data'
import { Figures } from './figures'
import { shown } from './filter-bar'
import { Hours } from './hours'

const Chart = lazy(async () => ({ default: (await import('./chart')).Chart }))
const WorldMap = lazy(async () => ({ default: (await import('./world-map')).WorldMap }))

type Props = { report: Report; address: Address }

/** Everything that is known of some clicks. */
export const FullReport = ({ report, address }: Props) => {
  const { breakdowns, hours, topLinks } = report
  const pick = (name: Narrowing) => (value: string) =>
    address.set({ [name]: address.values[name] === value ? null : value })
  const bars = (name: Narrowing, title: string) => {
    const shares = breakdowns[name]
    return shares === undefined ? null : (
      <Bars
        title={title}
        shares={shares}
        word={(value) => shown(name, value)}
        onPick={pick(name)}
        chosen={address.values[name]}
      />
    )
  }
  return (
    <>
      <Panel>
        <Figures report={report} />
        <Suspense fallback={<Skeleton height={240} />}>
          <Chart report={report} />
        </Suspense>
      </Panel>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel title="Where from">
          <Suspense fallback={<Skeleton height={240} />}>
            <WorldMap shares={breakdowns.country ?? []} onPick={pick('country')} />
          </Suspense>
        </Panel>
        {bars('country', 'Countries')}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {topLinks !== null && address.values.link === undefined && <TopLinks rows={topLinks} />}
        {bars('referrer', 'Referrers')}
        {bars('browser', `${narrowing.browser}s`)}
        {bars('os', `${narrowing.os}s`)}
        {bars('device', `${narrowing.device}s`)}
        {bars('language', `${narrowing.language}s`)}
        {hours !== null && <Hours hours={hours} />}
        {breakdowns.bot !== undefined && breakdowns.bot.length > 0 && (
          <Bars title="Bots" shares={breakdowns.bot} word={(value) => value} />
        )}
      </SimpleGrid>
      {hours === null && (
        <Alert color="gray" variant="light">
          Your plan shows totals, countries and referrers; the rest comes with full statistics.
        </Alert>
      )}
    </>
  )
}

const TopLinks = ({ rows }: { rows: NonNullable<Report['topLinks']> }) => (
  <Panel title="Top links">
    {rows.length === 0 ? (
      <Text c="dimmed">Nothing in this span.</Text>
    ) : (
      <ol className="bars">
        {rows.slice(0, 8).map(({ link, clicks }) => (
          <li key={link.id}>
            <Anchor component={To} href={`/admin/links/${link.id}`} className="one-bar">
              <span
                className="fill"
                style={{ width: `${(clicks / (rows[0]?.clicks ?? 1)) * 100}%` }}
              />
              <span className="word" title={link.destination}>
                {link.title === null ? link.code : `${link.code} · ${link.title}`}
              </span>
              <span className="figure">{compact(clicks)}</span>
            </Anchor>
          </li>
        ))}
      </ol>
    )}
  </Panel>
)
