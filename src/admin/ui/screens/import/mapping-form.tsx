import { Button, Group, NativeSelect, SimpleGrid, Table, Text } from '@mantine/core'
import { whole } from '../../parts/names'
import { Panel } from '../../parts/panel'
import type { Table as Csv } from './csv'
import { type Field, fields, itemOf, type Mapping } from './mapping'

type Props = {
  name: string
  table: Csv
  mapping: Mapping
  onChange: (mapping: Mapping) => void
  onSend: () => void
}

const previewed = 5

/** Which column is which, and what the first rows become. */
export const MappingForm = ({ name, table, mapping, onChange, onSend }: Props) => {
  const columns = table.columns.map((column, index) => ({
    value: String(index),
    label: column || `Column ${index + 1}`,
  }))
  const used = (Object.keys(fields) as Field[]).filter((field) => mapping[field] !== null)
  const items = table.rows.slice(0, previewed).map((row) => itemOf(row, mapping))
  return (
    <Panel title={`${name}: ${whole(table.rows.length)} rows`}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} mb="lg">
        {(Object.keys(fields) as Field[]).map((field) => (
          <NativeSelect
            key={field}
            label={fields[field][0]}
            data={[{ value: '', label: 'Leave empty' }, ...columns]}
            value={mapping[field] ?? ''}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...mapping, [field]: value === '' ? null : Number(value) })
            }
          />
        ))}
      </SimpleGrid>
      <Text fw={600}>The first rows become</Text>
      <Table className="stacks" aria-label="Preview">
        <Table.Thead>
          <Table.Tr>
            {used.map((field) => (
              <Table.Th key={field}>{fields[field][0]}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no name of their own
            <Table.Tr key={index}>
              {used.map((field) => (
                <Table.Td key={field} data-label={fields[field][0]} className="wrap">
                  {String(item[field] ?? '')}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end" mt="md">
        <Button onClick={onSend} disabled={mapping.originalUrl === null}>
          Import {whole(table.rows.length)} rows
        </Button>
      </Group>
    </Panel>
  )
}
