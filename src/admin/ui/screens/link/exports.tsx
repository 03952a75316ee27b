import { Button, Group, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { root } from '../../api'
import { Panel } from '../../parts/panel'
import { useSession } from '../../queries'

const formats = { csv: 'CSV', json: 'JSON', xml: 'XML', xlsx: 'Excel' } as const

/** All clicks of a link as a file, in four formats. */
export const Exports = ({ id, code }: { id: number; code: string }) => {
  const { plan } = useSession()
  const open = Object.entries(formats).filter(
    ([format]) => format === 'csv' || plan?.allExports !== false,
  )
  return (
    <Panel title="Export the clicks">
      <Group gap="xs">
        {open.map(([format, name]) => (
          <Button
            key={format}
            component="a"
            href={`${root}/api/snug/v1/links/${id}/export?format=${format}`}
            download={`clicks-${code}.${format}`}
            variant="default"
            leftSection={<IconDownload size={18} />}
          >
            {name}
          </Button>
        ))}
      </Group>
      {plan?.allExports === false && (
        <Text size="sm" c="dimmed" mt="xs">
          Your plan exports CSV only.
        </Text>
      )}
    </Panel>
  )
}
