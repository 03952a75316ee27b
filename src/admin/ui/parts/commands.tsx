import { ActionIcon, Tooltip } from '@mantine/core'
import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight'
import { IconLink, IconPlus, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { linksQuery } from '../links-data'
import { useSession } from '../queries'
import { screens } from '../screens'
import { useDraft } from './drafting'

/** The button that opens the palette, for those who do not know the keys. */
export const CommandsButton = () => (
  <Tooltip label="Go to anything (Ctrl K)">
    <ActionIcon
      variant="default"
      size="lg"
      aria-label="Go to anything"
      aria-keyshortcuts="Control+K"
      onClick={spotlight.open}
    >
      <IconSearch size={18} />
    </ActionIcon>
  </Tooltip>
)

const mostLinks = 6

/** The palette marks its first line when letters change; links that are found later are marked here. */
const useMarkedFirst = (found: unknown) =>
  useEffect(() => {
    if (found === undefined) return
    const list = document.querySelector('.mantine-Spotlight-actionsList')
    if (list?.querySelector('[data-selected]') === null)
      list.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  }, [found])

/** The palette of commands: every screen, a new link, and the links that a few letters find. */
export const Commands = () => {
  const [sought, setSought] = useState('')
  const [, go] = useLocation()
  const { account } = useSession()
  const { open } = useDraft()
  const wanted = sought.trim()
  const { data: found } = useQuery({
    ...linksQuery({ q: wanted, page: 1, limit: mostLinks }),
    enabled: wanted.length > 1,
    placeholderData: keepPreviousData,
  })
  useMarkedFirst(found)
  const actions: SpotlightActionData[] = [
    {
      id: 'new',
      label: 'New link',
      leftSection: <IconPlus size={18} />,
      onClick: () => open(null),
    },
    ...screens
      .filter(({ title, admin }) => title !== null && (!admin || account?.role === 'admin'))
      .map(({ path, title, Icon }) => ({
        id: path,
        label: title ?? '',
        leftSection: <Icon size={18} />,
        onClick: () => go(path),
      })),
  ]
  const links: SpotlightActionData[] = (wanted.length > 1 ? (found?.data ?? []) : []).map(
    ({ id, code, destination, title }) => ({
      id: `link-${id}`,
      label: title ? `${code} · ${title}` : code,
      description: destination,
      keywords: [wanted],
      leftSection: <IconLink size={18} />,
      onClick: () => go(`/admin/links/${id}`),
    }),
  )
  return (
    <Spotlight
      title="Go to anything"
      actions={[...actions, ...links]}
      query={sought}
      onQueryChange={setSought}
      shortcut={['mod + K', '/']}
      nothingFound="Nothing is called that."
      scrollable
      highlightQuery
      searchProps={{
        'aria-label': 'Go to a screen or a link',
        placeholder: 'A screen, a code, a destination…',
        leftSection: <IconSearch size={18} />,
      }}
    />
  )
}
