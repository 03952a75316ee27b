import { List, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, ask, type Data } from '../../api'
import { Answer } from '../../parts/answer'
import { Form } from '../../parts/form'
import { Moment } from '../../parts/moment'
import { whole } from '../../parts/names'
import { told } from '../../parts/notice'
import { Page } from '../../parts/page'
import { Panel } from '../../parts/panel'
import { queryClient } from '../../queries'

/** Destinations that nobody may shorten, beside the lists the server was given. */
export const Blocklist = () => {
  const blocklist = useQuery({ queryKey: ['blocklist'], queryFn: () => ask(api.blocklist.get()) })
  const save = async (fields: FormData) => {
    const lines = String(fields.get('entries')).split('\n')
    const entries = lines.map((line) => line.trim()).filter((line) => line !== '')
    await ask(api.blocklist.put({ entries }))
    told('The blocklist is in force.')
    await queryClient.invalidateQueries({ queryKey: ['blocklist'] })
  }
  return (
    <Page title="Blocklist" about="Where no short link may lead.">
      <Panel>
        <Answer of={blocklist}>
          {({ entries, sources }) => (
            <Form send={save} action="Save the blocklist">
              <Textarea
                key={entries.join()}
                label="Blocked hosts and addresses"
                description="One a line: evil.example covers all hosts below it; a whole address covers that page."
                name="entries"
                defaultValue={entries.join('\n')}
                autosize
                minRows={6}
                maxRows={24}
                spellCheck={false}
                placeholder="evil.example"
              />
              <Sources rows={sources} own={entries.length} />
            </Form>
          )}
        </Answer>
      </Panel>
    </Page>
  )
}

type SourceProps = { rows: Data<typeof api.blocklist.get>['sources']; own: number }

const Sources = ({ rows, own }: SourceProps) => (
  <>
    <Text size="sm" c="dimmed">
      {whole(own)} of your own. Whole lists come from the option SNUG_BLOCKLIST
      {rows.length === 0 ? '; there is none.' : ':'}
    </Text>
    <List size="sm">
      {rows.map(({ source, entries, readAt, problem }) => (
        <List.Item key={source} className="wrap">
          {source}: {whole(entries)} entries, read <Moment at={readAt} since />
          {problem !== null && <strong className="less"> · {problem}</strong>}
        </List.Item>
      ))}
    </List>
  </>
)
