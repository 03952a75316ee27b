import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { linksQuery } from '../links-data'
import { useAddress } from '../parts/address'
import { Answer } from '../parts/answer'
import { useDraft } from '../parts/drafting'
import { NewButton } from '../parts/new-button'
import { Page } from '../parts/page'
import { Panel } from '../parts/panel'
import { useReport } from '../stats/data'
import { FilterBar } from '../stats/filter-bar'
import { Live } from '../stats/live'
import { FullReport } from '../stats/report'

/** Everything at a glance: all clicks of a span, narrowed by whatever is clicked. */
export const Overview = () => {
  const address = useAddress()
  const report = useReport(address.values)
  const { data: some } = useQuery(linksQuery({ page: 1, limit: 1 }))
  return (
    <Page title="Overview">
      {some?.total === 0 && <FirstSteps />}
      <FilterBar address={address} />
      <Answer of={report} lines={10}>
        {(data) => <FullReport report={data} address={address} />}
      </Answer>
      <Live />
    </Page>
  )
}

const FirstSteps = () => {
  const { open } = useDraft()
  return (
    <Panel title="A quiet beginning">
      <Text mb="sm">
        There are no links yet. Make one, send it to somebody, and watch this page: clicks appear as
        they happen.
      </Text>
      <NewButton word="Make the first link" onClick={() => open(null)} />
    </Panel>
  )
}
