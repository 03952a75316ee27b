import { NativeSelect, Switch, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, ask, type Data } from '../../api'
import { Answer } from '../../parts/answer'
import { Form } from '../../parts/form'
import { told } from '../../parts/notice'
import { Page } from '../../parts/page'
import { Panel } from '../../parts/panel'
import { queryClient } from '../../queries'
import { plansQuery } from './plans-data'

type Settings = Data<typeof api.settings.get>

/** What can be decided while the server runs. */
export const SettingsPage = () => {
  const settings = useQuery({ queryKey: ['settings'], queryFn: () => ask(api.settings.get()) })
  return (
    <Page
      title="Settings"
      about="Decided here, they win over the options the server was started with."
    >
      <Panel>
        <Answer of={settings}>{(stored) => <SettingsForm stored={stored} />}</Answer>
      </Panel>
    </Page>
  )
}

const SettingsForm = ({ stored }: { stored: Settings }) => {
  const { data: plans = [] } = useQuery(plansQuery)
  const save = async (fields: FormData) => {
    await ask(
      api.settings.put({
        public: fields.get('public') !== null,
        signup: fields.get('signup') !== null ? 'open' : 'off',
        defaultPlan: String(fields.get('defaultPlan')),
        redirectStatus: Number(fields.get('redirectStatus')),
        clickRetentionDays: Number(fields.get('clickRetentionDays')),
        honorDnt: fields.get('honorDnt') !== null,
      }),
    )
    told('The settings are in force.')
    await Promise.all(
      ['settings', 'session'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
    )
  }
  const names = [...new Set([stored.defaultPlan, ...plans.map(({ name }) => name)])]
  return (
    <Form send={save} action="Save the settings" narrow>
      <Switch
        label="Strangers may make links"
        description="Without an account, on the landing page and through the public APIs."
        name="public"
        defaultChecked={stored.public}
      />
      <Switch
        label="Strangers may make accounts"
        description="Off: only administrators make accounts."
        name="signup"
        defaultChecked={stored.signup === 'open'}
      />
      <NativeSelect
        key={names.join()}
        label="Plan of a new account"
        name="defaultPlan"
        data={names}
        defaultValue={stored.defaultPlan}
      />
      <NativeSelect
        label="Status of redirects"
        description="For links that do not choose one."
        name="redirectStatus"
        data={['301', '302', '307', '308']}
        defaultValue={String(stored.redirectStatus)}
      />
      <TextInput
        label="Days that single clicks are kept"
        description="0: for ever. Totals always stay."
        name="clickRetentionDays"
        type="number"
        min={0}
        max={36_500}
        required
        defaultValue={stored.clickRetentionDays}
      />
      <Switch
        label="Keep nothing about visitors who ask for that"
        description="Do Not Track and Global Privacy Control: their clicks are only counted."
        name="honorDnt"
        defaultChecked={stored.honorDnt}
      />
      <Text size="sm" c="dimmed">
        Decided here: {decided(stored)}.
      </Text>
    </Form>
  )
}

const decided = ({ sources }: Settings) =>
  Object.entries(sources)
    .filter(([, source]) => source === 'setting')
    .map(([name]) => name)
    .join(', ') || 'nothing yet'
