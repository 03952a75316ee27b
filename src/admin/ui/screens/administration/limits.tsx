import { Alert, Badge, Code, Table, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask, type Data } from '../../api'
import { Answer } from '../../parts/answer'
import { Form } from '../../parts/form'
import { told } from '../../parts/notice'
import { Page } from '../../parts/page'
import { Panel } from '../../parts/panel'
import { queryClient } from '../../queries'

type Limit = Data<typeof api.limits.get>['data'][number]
type Changes = Record<string, Pick<Limit, 'max' | 'per'>>

/** How often every path may be asked; an administrator may say otherwise. */
export const Limits = () => {
  const limits = useQuery({ queryKey: ['limits'], queryFn: () => ask(api.limits.get()) })
  return (
    <Page title="Limits" about="How many requests every path takes, and from whom.">
      {limits.data?.enforced === false && (
        <Alert color="red">
          No limit is enforced: the server was started with SNUG_RATE_LIMITS=off.
        </Alert>
      )}
      <Panel>
        <Answer of={limits} lines={8}>
          {({ data }) => <LimitForm key={JSON.stringify(data)} rows={data} />}
        </Answer>
      </Panel>
    </Page>
  )
}

const LimitForm = ({ rows }: { rows: readonly Limit[] }) => {
  const [changes, setChanges] = useState<Changes>({})
  const save = async () => {
    const data = Object.entries(changes).map(([id, change]) => ({ id, ...change }))
    await ask(api.limits.put({ data }))
    told('The limits are in force.')
    await queryClient.invalidateQueries({ queryKey: ['limits'] })
  }
  return (
    <Form send={save} action="Save the limits">
      <Table className="stacks" aria-label="Limits">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Path</Table.Th>
            <Table.Th>Counted by</Table.Th>
            <Table.Th>Requests</Table.Th>
            <Table.Th>In seconds</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((limit) => (
            <LimitRow
              key={limit.id}
              limit={limit}
              value={changes[limit.id] ?? limit}
              onChange={({ max, per }) => setChanges({ ...changes, [limit.id]: { max, per } })}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Form>
  )
}

type RowProps = {
  limit: Limit
  value: Changes[string]
  onChange: (value: Changes[string]) => void
}

const LimitRow = ({ limit: { id, on, by, declared, overridden }, value, onChange }: RowProps) => (
  <Table.Tr>
    <Table.Td className="wide">
      <Code className="wrap">{on}</Code>{' '}
      {overridden && (
        <Badge
          variant="outline"
          tt="none"
          title={`Declared: ${declared.max ?? 'by plan'} in ${declared.per / 1000} s`}
        >
          changed
        </Badge>
      )}
      <Text size="xs" c="dimmed">
        {id}
      </Text>
    </Table.Td>
    <Table.Td data-label="Counted by">{by}</Table.Td>
    <Table.Td data-label="Requests">
      <TextInput
        aria-label={`Requests for ${id}`}
        type="number"
        min={1}
        max={1_000_000_000}
        placeholder={by === 'plan' ? 'as the plan says' : 'no limit'}
        w={150}
        value={value.max ?? ''}
        onChange={({ currentTarget: { value: text } }) =>
          onChange({ ...value, max: text === '' ? null : Number(text) })
        }
      />
    </Table.Td>
    <Table.Td data-label="In seconds">
      <TextInput
        aria-label={`Seconds for ${id}`}
        type="number"
        min={1}
        required
        w={110}
        value={value.per / 1000}
        onChange={({ currentTarget }) =>
          onChange({ ...value, per: Number(currentTarget.value) * 1000 })
        }
      />
    </Table.Td>
  </Table.Tr>
)
