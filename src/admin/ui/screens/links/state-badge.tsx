import { Badge } from '@mantine/core'
import { type State, states } from './asked'

const colours: Record<State, string> = {
  open: 'teal.9',
  early: 'indigo',
  expired: 'gray',
  spent: 'gray',
  disabled: 'gray',
  deleted: 'red',
}

/** Says that a blocklist holds the destination by now. */
export const UnsafeBadge = () => (
  <Badge variant="outline" color="red" miw="max-content" tt="none" fw={500}>
    On a blocklist
  </Badge>
)

/** The state of a link, in a word. */
export const StateBadge = ({ state }: { state: State }) => (
  <Badge
    variant={state === 'open' ? 'dot' : 'outline'}
    color={colours[state]}
    miw="max-content"
    tt="none"
    fw={500}
  >
    {states[state]}
  </Badge>
)
