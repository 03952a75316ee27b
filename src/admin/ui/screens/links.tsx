import { Button, Group, Pagination, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { root } from '../api'
import { linksQuery } from '../links-data'
import { useAddress } from '../parts/address'
import { Answer } from '../parts/answer'
import { useDraft } from '../parts/drafting'
import { whole } from '../parts/names'
import { NewButton } from '../parts/new-button'
import { Page } from '../parts/page'
import { Panel } from '../parts/panel'
import { readAsked } from './links/asked'
import { BulkBar } from './links/bulk-bar'
import { LinkFilters } from './links/filters'
import { LinksTable } from './links/table'

/** All links: found by a few letters, narrowed, sorted, and changed together. */
export const Links = () => {
  const address = useAddress()
  const asked = readAsked(address.values)
  const [sought] = useDebouncedValue(asked, 150)
  const links = useQuery({ ...linksQuery(sought), placeholderData: keepPreviousData })
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const { open } = useDraft()
  const total = links.data?.total ?? 0
  return (
    <Page
      title="Links"
      about={links.data === undefined ? ' ' : `${whole(total)} found`}
      actions={
        <Button
          component="a"
          href={`${root}/api/snug/v1/links/export?format=csv`}
          download
          variant="default"
          leftSection={<IconDownload size={18} />}
        >
          Export all
        </Button>
      }
    >
      <Panel>
        <LinkFilters address={address} />
        <BulkBar chosen={chosen} onDone={() => setChosen(new Set())} />
        <Answer
          of={links}
          isEmpty={({ data }) => data.length === 0}
          empty={
            <>
              <Text mb="sm">
                {address.isPlain
                  ? 'No links yet. The first one takes ten seconds.'
                  : 'No link matches.'}
              </Text>
              <Group justify="center">
                {address.isPlain ? (
                  <NewButton word="Make a link" onClick={() => open(null)} />
                ) : (
                  <Button variant="default" onClick={address.clear}>
                    Show all links
                  </Button>
                )}
              </Group>
            </>
          }
          lines={8}
        >
          {({ data }) => (
            <LinksTable
              links={data}
              chosen={chosen}
              onChoose={setChosen}
              sort={asked.sort}
              onSort={(sort) => address.set({ sort, page: null })}
            />
          )}
        </Answer>
        {total > asked.limit && (
          <Group justify="center" mt="md">
            <Pagination
              total={Math.ceil(total / asked.limit)}
              value={asked.page}
              onChange={(page) => address.set({ page: page === 1 ? null : String(page) })}
              getControlProps={(control) => ({ 'aria-label': `${control} page` })}
              getItemProps={(page) => ({ 'aria-label': `Page ${page}` })}
            />
          </Group>
        )}
      </Panel>
    </Page>
  )
}
