import { Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, ask } from '../../api'
import { Answer } from '../../parts/answer'
import { Moment } from '../../parts/moment'

const shown = 5

/** The newest messages of a webhook, and what became of them. */
export const Deliveries = ({ id }: { id: number }) => {
  const deliveries = useQuery({
    queryKey: ['webhooks', id],
    queryFn: () => ask(api.webhooks({ id }).deliveries.get({ query: { page: 1, limit: shown } })),
    refetchInterval: 10_000,
  })
  return (
    <Answer
      of={deliveries}
      isEmpty={({ data }) => data.length === 0}
      empty="No message has been sent yet."
      lines={2}
    >
      {({ data }) => (
        <Table className="stacks" mt="sm" aria-label="Newest messages">
          <Table.Thead>
            <Table.Tr>
              {['When', 'What', 'State', 'Attempts'].map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map(({ id: key, event, state, attempts, status, problem, createdAt }) => (
              <Table.Tr key={key}>
                <Table.Td data-label="When">
                  <Moment at={createdAt} since />
                </Table.Td>
                <Table.Td data-label="What">{event}</Table.Td>
                <Table.Td data-label="State">
                  {state}
                  <Text span size="sm" c="dimmed" className="wrap">
                    {status === null ? '' : ` · ${status}`}
                    {problem === null ? '' : ` · ${problem}`}
                  </Text>
                </Table.Td>
                <Table.Td data-label="Attempts">{attempts}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Answer>
  )
}
