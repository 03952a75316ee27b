import { Table } from '@mantine/core'

/** The head of a column of buttons: named for those who only hear it. */
export const ActionsHead = () => (
  <Table.Th>
    <span className="unseen">Actions</span>
  </Table.Th>
)
