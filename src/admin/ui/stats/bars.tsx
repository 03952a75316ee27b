import { Anchor, Text, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { compact } from '../parts/names'
import { Panel } from '../parts/panel'
import type { Shares } from './data'

type Props = {
  title: string
  shares: Shares
  /** a value in the viewer's words */
  word: (value: string) => string
  /** unset: there is nothing to narrow to */
  onPick?: (value: string) => void
  chosen?: string | undefined
}

const few = 8

/** A breakdown as bars, most first; a click on one narrows everything to it. */
export const Bars = ({ title, shares, word, onPick, chosen }: Props) => {
  const [all, setAll] = useState(false)
  return (
    <Panel title={title}>
      {shares.length === 0 ? (
        <Text c="dimmed">Nothing in this span.</Text>
      ) : (
        <ol className="bars">
          {(all ? shares : shares.slice(0, few)).map((share) => (
            <li key={share.value}>
              <Bar share={share} most={shares[0]?.clicks ?? 1} {...{ word, onPick, chosen }} />
            </li>
          ))}
        </ol>
      )}
      {shares.length > few && (
        <Anchor component="button" type="button" size="sm" mt="xs" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${shares.length}`}
        </Anchor>
      )}
    </Panel>
  )
}

type BarProps = Pick<Props, 'word' | 'chosen'> & {
  share: Shares[number]
  most: number
  onPick: Props['onPick'] | undefined
}

const Bar = ({ share: { value, clicks }, most, word, onPick, chosen }: BarProps) => {
  const inside = (
    <>
      <span className="fill" style={{ width: `${(clicks / most) * 100}%` }} />
      <span className="word" title={word(value)}>
        {word(value)}
      </span>
      <span className="figure">{compact(clicks)}</span>
    </>
  )
  if (onPick === undefined) return <div className="one-bar">{inside}</div>
  return (
    <UnstyledButton
      className="one-bar"
      aria-pressed={chosen === value}
      onClick={() => onPick(value)}
    >
      {inside}
    </UnstyledButton>
  )
}
