import { Group, Pagination, Table } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '../../api'
import { Answer } from '../../parts/answer'
import { Moment } from '../../parts/moment'
import { countryName, languageName } from '../../parts/names'
import { Panel } from '../../parts/panel'

const perPage = 25

/** Clicks one by one, the newest first. */
export const ClickLog = ({ id }: { id: number }) => {
  const [page, setPage] = useState(1)
  const clicks = useQuery({
    queryKey: ['stats', 'log', id, page],
    queryFn: () => ask(api.links({ id }).clicks.get({ query: { page, limit: perPage } })),
    placeholderData: keepPreviousData,
  })
  const pages = Math.ceil((clicks.data?.total ?? 0) / perPage)
  return (
    <Panel title="Click log">
      <Answer of={clicks} isEmpty={({ data }) => data.length === 0} empty="Not clicked yet.">
        {({ data }) => (
          <Table className="stacks" aria-label="Click log">
            <Table.Thead>
              <Table.Tr>
                {['When', 'Country', 'Browser', 'System', 'Device', 'Language', 'Referrer'].map(
                  (name) => (
                    <Table.Th key={name}>{name}</Table.Th>
                  ),
                )}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map((click, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: clicks have no name of their own
                <Table.Tr key={`${click.at}-${index}`}>
                  <Table.Td className="wide">
                    <Moment at={click.at} />
                  </Table.Td>
                  <Table.Td data-label="Country">{countryName(click.country)}</Table.Td>
                  <Table.Td data-label="Browser">{click.bot ?? click.browser}</Table.Td>
                  <Table.Td data-label="System">{click.os}</Table.Td>
                  <Table.Td data-label="Device">
                    {click.bot === null ? click.device : 'bot'}
                  </Table.Td>
                  <Table.Td data-label="Language">
                    {click.language === '' ? '' : languageName(click.language)}
                  </Table.Td>
                  <Table.Td data-label="Referrer" className="wrap">
                    {click.referrer}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Answer>
      {pages > 1 && (
        <Group justify="center" mt="md">
          <Pagination
            total={pages}
            value={page}
            onChange={setPage}
            getControlProps={(control) => ({ 'aria-label': `${control} page` })}
          />
        </Group>
      )}
    </Panel>
  )
}
