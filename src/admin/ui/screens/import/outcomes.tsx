import { Table, Text } from '@mantine/core'
import { whole } from '../../parts/names'
import { Panel } from '../../parts/panel'
import type { Outcome } from './send'

/** The first line of a file holds names, and people count from one. */
const firstRow = 2

/** What became of an import, with the reason for every row that was refused. */
export const Outcomes = ({ outcome: { made, errors } }: { outcome: Outcome }) => (
  <Panel title="Imported">
    <Text role="status">
      {whole(made)} links were made
      {errors.length === 0 ? '.' : `, ${whole(errors.length)} rows were refused:`}
    </Text>
    {errors.length > 0 && (
      <Table className="stacks" aria-label="Refused rows">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Row</Table.Th>
            <Table.Th>Destination</Table.Th>
            <Table.Th>Why</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {errors.map(({ row, url, message }) => (
            <Table.Tr key={row}>
              <Table.Td data-label="Row">{row + firstRow}</Table.Td>
              <Table.Td className="wrap">{url}</Table.Td>
              <Table.Td>{message}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    )}
  </Panel>
)
