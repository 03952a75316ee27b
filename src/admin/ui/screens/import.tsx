import { Button, FileButton, Group, Progress, Text } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { Link as To } from 'wouter'
import { root } from '../api'
import { linksChanged } from '../links-data'
import { Failed } from '../parts/answer'
import { whole } from '../parts/names'
import { Page } from '../parts/page'
import { Panel } from '../parts/panel'
import { readCsv, type Table } from './import/csv'
import { type Item, itemOf, type Mapping, suggest } from './import/mapping'
import { MappingForm } from './import/mapping-form'
import { Outcomes } from './import/outcomes'
import { type Outcome, sendAll } from './import/send'

type Chosen = { name: string; table: Table; mapping: Mapping }
type Sending = { done: number; of: number }

/** Links from a CSV file: columns chosen, rows previewed, sent in batches, refusals row by row. */
export const Import = () => {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [sending, setSending] = useState<Sending | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [problem, setProblem] = useState<Error | null>(null)
  const stop = useRef(false)
  const choose = async (file: File | null) => {
    if (file === null) return
    const table = readCsv(await file.text())
    setOutcome(null)
    setProblem(
      table.rows.length === 0 ? new Error('This file has no rows below its first line.') : null,
    )
    setChosen(table.rows.length === 0 ? null : { name: file.name, table, mapping: suggest(table) })
  }
  const send = async (items: readonly Item[]) => {
    stop.current = false
    setProblem(null)
    setSending({ done: 0, of: items.length })
    try {
      const tell = (done: number) => setSending({ done, of: items.length })
      setOutcome(await sendAll(items, tell, () => stop.current))
      setChosen(null)
    } catch (error) {
      setProblem(error as Error)
    } finally {
      setSending(null)
      await linksChanged()
    }
  }
  return (
    <Page
      title="Import"
      about="Links from another shortener, or from a spreadsheet."
      actions={<ExportAll />}
    >
      <Panel title="A CSV file">
        <Text mb="sm">The first line names the columns; one of them holds the destinations.</Text>
        <FileButton accept=".csv,.tsv,.txt,text/csv" onChange={choose} disabled={sending !== null}>
          {(props) => (
            <Button {...props} leftSection={<IconUpload size={18} />}>
              {chosen === null ? 'Choose a file' : 'Choose another file'}
            </Button>
          )}
        </FileButton>
      </Panel>
      {problem !== null && <Failed error={problem} />}
      {sending !== null && (
        <Panel title="Importing">
          <Progress
            value={(sending.done / sending.of) * 100}
            aria-label={`${whole(sending.done)} of ${whole(sending.of)} rows`}
            mb="sm"
          />
          <Group justify="space-between">
            <Text role="status">
              {whole(sending.done)} of {whole(sending.of)} rows
            </Text>
            <Button
              variant="default"
              onClick={() => {
                stop.current = true
              }}
            >
              Stop
            </Button>
          </Group>
        </Panel>
      )}
      {chosen !== null && sending === null && (
        <MappingForm
          {...chosen}
          onChange={(mapping) => setChosen({ ...chosen, mapping })}
          onSend={() => send(chosen.table.rows.map((row) => itemOf(row, chosen.mapping)))}
        />
      )}
      {outcome !== null && <Outcomes outcome={outcome} />}
      {outcome !== null && outcome.made > 0 && (
        <Group>
          <Button component={To} href="/admin/links" variant="default">
            Show the links
          </Button>
        </Group>
      )}
    </Page>
  )
}

const ExportAll = () => (
  <>
    {(['csv', 'json'] as const).map((format) => (
      <Button
        key={format}
        component="a"
        href={`${root}/api/snug/v1/links/export?format=${format}`}
        download
        variant="default"
        leftSection={<IconDownload size={18} />}
      >
        Export all as {format.toUpperCase()}
      </Button>
    ))}
  </>
)
