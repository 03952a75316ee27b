import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'

/** The button that begins something new. */
export const NewButton = ({ word, onClick }: { word: string; onClick: () => void }) => (
  <Button leftSection={<IconPlus size={18} />} onClick={onClick}>
    {word}
  </Button>
)
