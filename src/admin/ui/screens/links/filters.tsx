import { CloseButton, Group, Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { campaignsQuery, domainsQuery } from '../../groups-data'
import type { Address } from '../../parts/address'
import { states } from './asked'

/** The fields above the list of links; what they hold is in the address. */
export const LinkFilters = ({ address: { values, isPlain, set, clear } }: { address: Address }) => {
  const { data: campaigns } = useQuery(campaignsQuery)
  const { data: domains } = useQuery(domainsQuery)
  const text = (name: string, label: string, width: number) => (
    <TextInput
      aria-label={label}
      placeholder={label}
      value={values[name] ?? ''}
      onChange={({ currentTarget }) => set({ [name]: currentTarget.value, page: null })}
      w={{ base: '47%', xs: width }}
    />
  )
  const choice = (name: string, label: string, data: { value: string; label: string }[]) =>
    data.length > 0 && (
      <Select
        aria-label={label}
        placeholder={label}
        data={data}
        value={values[name] ?? null}
        onChange={(value) => set({ [name]: value, page: null })}
        clearable
        w={{ base: '47%', xs: 150 }}
      />
    )
  return (
    <Group gap="xs" mb="md" role="search">
      <TextInput
        aria-label="Search links"
        placeholder="Code, destination, title, note…"
        leftSection={<IconSearch size={18} aria-hidden />}
        value={values.q ?? ''}
        onChange={({ currentTarget }) => set({ q: currentTarget.value, page: null })}
        maxLength={500}
        className="grow"
        miw={220}
        rightSection={
          values.q ? (
            <CloseButton aria-label="Empty the search" onClick={() => set({ q: null })} />
          ) : null
        }
      />
      {choice(
        'state',
        'State',
        Object.entries(states).map(([value, label]) => ({ value, label })),
      )}
      {text('tag', 'Tag', 110)}
      {text('folder', 'Folder', 110)}
      {choice(
        'campaignId',
        'Campaign',
        (campaigns ?? []).map(({ id, name }) => ({ value: id, label: name })),
      )}
      {choice(
        'domainId',
        'Domain',
        (domains ?? []).map(({ id, host }) => ({ value: id, label: host })),
      )}
      {!isPlain && (
        <CloseButton aria-label="Remove all filters" title="Remove all filters" onClick={clear} />
      )}
    </Group>
  )
}
