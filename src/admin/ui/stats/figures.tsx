import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Moment } from '../parts/moment'
import { change, whole } from '../parts/names'
import type { Report } from './data'

/** The figures of a span, with what they were in the span before. */
export const Figures = ({ report: { totals, previous } }: { report: Report }) => (
  <div className="figures">
    <Figure
      name="Clicks"
      value={whole(totals.clicks)}
      note={<Change now={totals.clicks} before={previous.clicks} />}
    />
    <Figure
      name="Visitors"
      value={whole(totals.visitors)}
      note={<Change now={totals.visitors} before={previous.visitors} />}
    />
    <Figure name="Bots" value={whole(totals.bots)} note="among the clicks" />
    <Figure name="Answer time" value={`${totals.averageRedirectMs} ms`} note="on average" />
    <Figure name="Last click" value={<Moment at={totals.lastClickAt} since />} note=" " />
  </div>
)

type FigureProps = { name: string; value: ReactNode; note: ReactNode }

const Figure = ({ name, value, note }: FigureProps) => (
  <dl className="one-figure">
    <dt>{name}</dt>
    <dd>{value}</dd>
    <dd className="note">{note}</dd>
  </dl>
)

const Change = ({ now, before }: { now: number; before: number }) => {
  const percent = change(now, before)
  if (percent === null) return <>none before</>
  return (
    <Text
      span
      inherit
      className={percent < 0 ? 'less' : 'more'}
      title={`${whole(before)} in the span before`}
    >
      {percent > 0 ? '+' : ''}
      {percent} % against {whole(before)}
    </Text>
  )
}
