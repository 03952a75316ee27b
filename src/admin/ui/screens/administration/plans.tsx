import { ActionIcon, Button, Checkbox, Group, Table, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ask } from '../../api'
import { ActionsHead } from '../../parts/actions-head'
import { Answer } from '../../parts/answer'
import { useConfirm } from '../../parts/confirm'
import { Form } from '../../parts/form'
import { told } from '../../parts/notice'
import { Page } from '../../parts/page'
import { Panel } from '../../parts/panel'
import { queryClient } from '../../queries'
import { type Plan, plansQuery } from './plans-data'

const capabilities = {
  mintKeys: 'Make API keys',
  customCodes: 'Choose codes',
  allExports: 'All exports',
  fullStats: 'Full statistics',
  apiAccess: 'Use the APIs',
} as const

/** Plans: what their accounts may do, and how often. */
export const Plans = () => {
  const plans = useQuery(plansQuery)
  return (
    <Page title="Plans" about="What accounts may do, and how many requests they may make an hour.">
      <Panel>
        <Answer of={plans}>
          {(rows) => <PlanForm key={JSON.stringify(rows)} stored={rows} />}
        </Answer>
      </Panel>
    </Page>
  )
}

const PlanForm = ({ stored }: { stored: readonly Plan[] }) => {
  const [rows, setRows] = useState(() =>
    stored.map((plan, index) => ({ plan, key: String(index) })),
  )
  const confirm = useConfirm()
  const change = (key: string, changes: Partial<Plan>) =>
    setRows(
      rows.map((row) => (row.key === key ? { ...row, plan: { ...row.plan, ...changes } } : row)),
    )
  const save = async () => {
    const data = rows.map(({ plan }) => plan)
    const gone = stored.filter(({ name }) => !data.some((plan) => plan.name === name))
    const sure =
      gone.length === 0 ||
      (await confirm({
        title: `Remove ${gone.map(({ name }) => name).join(', ')}?`,
        loses: 'Accounts can no longer be given this plan; one that is in use is not removed.',
        action: 'Save without it',
      }))
    if (!sure) return
    await ask(api.plans.put({ data }))
    told('The plans are saved.')
    await queryClient.invalidateQueries({ queryKey: ['plans'] })
  }
  const add = () => setRows([...rows, { plan: emptyPlan, key: `new-${rows.length}` }])
  return (
    <Form send={save} action="Save the plans">
      <div className="scrolls" tabIndex={-1}>
        <Table className="stacks" aria-label="Plans">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Requests an hour</Table.Th>
              {Object.entries(capabilities).map(([name, label]) => (
                <Table.Th key={name}>{label}</Table.Th>
              ))}
              <ActionsHead />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ plan, key }) => (
              <PlanRow
                key={key}
                plan={plan}
                onChange={(changes) => change(key, changes)}
                onRemove={() => setRows(rows.filter((row) => row.key !== key))}
              />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Text size="sm" c="dimmed">
        Changes count from the next request on. An account whose plan has expired is on “free”.
      </Text>
      <Group>
        <Button variant="default" leftSection={<IconPlus size={18} />} onClick={add}>
          Add a plan
        </Button>
      </Group>
    </Form>
  )
}

const emptyPlan: Plan = {
  name: '',
  requestsPerHour: 1000,
  mintKeys: true,
  customCodes: true,
  allExports: true,
  fullStats: true,
  apiAccess: true,
}

type RowProps = { plan: Plan; onChange: (changes: Partial<Plan>) => void; onRemove: () => void }

const PlanRow = ({ plan, onChange, onRemove }: RowProps) => (
  <Table.Tr>
    <Table.Td className="wide">
      <TextInput
        aria-label="Name of the plan"
        pattern="[a-z0-9\-]{1,32}"
        title="Small letters, digits and -"
        required
        value={plan.name}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
    </Table.Td>
    <Table.Td data-label="Requests an hour">
      <TextInput
        aria-label={`Requests an hour on ${plan.name}`}
        type="number"
        min={1}
        max={1_000_000_000}
        placeholder="no limit"
        value={plan.requestsPerHour ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ requestsPerHour: value === '' ? null : Number(value) })
        }
        w={130}
      />
    </Table.Td>
    {(Object.keys(capabilities) as (keyof typeof capabilities)[]).map((name) => (
      <Table.Td key={name} data-label={capabilities[name]}>
        <Checkbox
          aria-label={`${capabilities[name]} on ${plan.name}`}
          checked={plan[name]}
          onChange={({ currentTarget }) => onChange({ [name]: currentTarget.checked })}
        />
      </Table.Td>
    ))}
    <Table.Td className="corner-end">
      <ActionIcon
        variant="subtle"
        color="red"
        aria-label={`Remove the plan ${plan.name}`}
        onClick={onRemove}
      >
        <IconTrash size={18} />
      </ActionIcon>
    </Table.Td>
  </Table.Tr>
)
