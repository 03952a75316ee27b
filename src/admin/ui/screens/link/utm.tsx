import { SimpleGrid, Text, TextInput } from '@mantine/core'

const parameters = {
  utm_source: ['Source', 'newsletter'],
  utm_medium: ['Medium', 'email'],
  utm_campaign: ['Campaign', 'spring'],
  utm_term: ['Term', 'shoes'],
  utm_content: ['Content', 'footer'],
} as const

type Props = { destination: string; onChange: (destination: string) => void }

/** Fields for the parameters that web statistics read; they are part of the destination. */
export const UtmBuilder = ({ destination, onChange }: Props) => {
  const url = URL.parse(destination.trim())
  if (url === null)
    return (
      <Text size="sm" c="dimmed">
        Type a complete destination first.
      </Text>
    )
  const set = (name: string, value: string) => {
    const next = new URL(url)
    if (value === '') next.searchParams.delete(name)
    else next.searchParams.set(name, value)
    onChange(next.href)
  }
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      {Object.entries(parameters).map(([name, [label, example]]) => (
        <TextInput
          key={name}
          label={label}
          placeholder={example}
          value={url.searchParams.get(name) ?? ''}
          onChange={({ currentTarget }) => set(name, currentTarget.value)}
        />
      ))}
    </SimpleGrid>
  )
}
