import { Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api, ask } from '../../api'
import { Answer } from '../../parts/answer'
import { Form } from '../../parts/form'
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
          {({ entries }) => (
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
              <Text size="sm" c="dimmed">
                {whole(entries.length)} of your own. Whole lists come from the option
                SNUG_BLOCKLIST.
              </Text>
            </Form>
          )}
        </Answer>
      </Panel>
    </Page>
  )
}
