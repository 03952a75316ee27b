import { Button, Group, SegmentedControl, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { campaignsQuery } from '../groups-data'
import { linkQuery } from '../links-data'
import type { Address } from '../parts/address'
import { countryName, languageName } from '../parts/names'
import { type Narrowing, narrowing, type Range, rangeOf, ranges } from './asked'

const narrowed = { ...narrowing, tag: 'Tag', folder: 'Folder', account: 'Account' } as const

/** Which clicks are counted: the span, bots or people, and all that was narrowed to; kept in the address. */
export const FilterBar = ({ address }: { address: Address }) => {
  const { values, set } = address
  return (
    <Group gap="xs" role="group" aria-label="Filters">
      <Select
        aria-label="Span of time"
        data={Object.entries(ranges).map(([value, [label]]) => ({ value, label }))}
        value={rangeOf(values)}
        onChange={(range) => set({ range: range === '7d' ? null : (range as Range) })}
        allowDeselect={false}
        w={140}
      />
      <SegmentedControl
        aria-label="Whose clicks"
        data={[
          { value: 'all', label: 'Everybody' },
          { value: 'none', label: 'People' },
          { value: 'only', label: 'Bots' },
        ]}
        value={values.bots === 'none' || values.bots === 'only' ? values.bots : 'all'}
        onChange={(bots) => set({ bots: bots === 'all' ? null : bots })}
      />
      <LinkChip address={address} />
      <CampaignChip address={address} />
      {Object.entries(narrowed).map(([name, label]) => {
        const value = values[name]
        return value === undefined ? null : (
          <Chip
            key={name}
            label={label}
            value={shown(name, value)}
            remove={() => set({ [name]: null })}
          />
        )
      })}
    </Group>
  )
}

/** A value of a dimension in the viewer's words. */
export const shown = (name: Narrowing | string, value: string) => {
  if (name === 'country') return countryName(value)
  if (name === 'language') return languageName(value)
  return value === '' ? 'Unknown' : value
}

const Chip = ({ label, value, remove }: { label: string; value: string; remove: () => void }) => (
  <Button
    size="xs"
    variant="light"
    rightSection={<IconX size={14} aria-hidden />}
    onClick={remove}
    aria-label={`${label} ${value}: remove this filter`}
    maw="100%"
  >
    {label}: {value}
  </Button>
)

const LinkChip = ({ address: { values, set } }: { address: Address }) => {
  const id = Number(values.link)
  const { data } = useQuery({ ...linkQuery(id), enabled: values.link !== undefined })
  if (values.link === undefined) return null
  return <Chip label="Link" value={data?.code ?? values.link} remove={() => set({ link: null })} />
}

const CampaignChip = ({ address: { values, set } }: { address: Address }) => {
  const { campaignId } = values
  const { data } = useQuery({ ...campaignsQuery, enabled: campaignId !== undefined })
  if (campaignId === undefined) return null
  const name = data?.find(({ id }) => id === campaignId)?.name ?? campaignId
  return <Chip label="Campaign" value={name} remove={() => set({ campaignId: null })} />
}
