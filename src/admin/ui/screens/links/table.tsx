import {
  ActionIcon,
  Anchor,
  Badge,
  Checkbox,
  Group,
  Table,
  Text,
  UnstyledButton,
} from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconLock, IconPencil } from '@tabler/icons-react'
import { Link as To } from 'wouter'
import type { Link } from '../../links-data'
import { ActionsHead } from '../../parts/actions-head'
import { CopyIcon } from '../../parts/copy'
import { useDraft } from '../../parts/drafting'
import { Moment } from '../../parts/moment'
import { compact } from '../../parts/names'
import type { Sort } from './asked'
import { StateBadge, UnsafeBadge } from './state-badge'

type Props = {
  links: readonly Link[]
  chosen: ReadonlySet<number>
  onChoose: (chosen: ReadonlySet<number>) => void
  sort: Sort
  onSort: (sort: Sort) => void
}

/** Links, one a row; on narrow screens one a card. */
export const LinksTable = ({ links, chosen, onChoose, sort, onSort }: Props) => {
  const all = links.length > 0 && links.every(({ id }) => chosen.has(id))
  const some = links.some(({ id }) => chosen.has(id))
  const choose = (id: number, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    onChoose(next)
  }
  const head = (
    name: 'code' | 'clicks' | 'lastClickAt' | 'createdAt',
    label: string,
    end = false,
  ) => <SortHead name={name} label={label} sort={sort} onSort={onSort} end={end} />
  return (
    <Table className="stacks" verticalSpacing="xs" aria-label="Links">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={36}>
            <Checkbox
              aria-label="Choose all on this page"
              checked={all}
              indeterminate={some && !all}
              onChange={() => onChoose(new Set(all ? [] : links.map(({ id }) => id)))}
            />
          </Table.Th>
          {head('code', 'Link')}
          <Table.Th>State</Table.Th>
          {head('clicks', 'Clicks', true)}
          {head('lastClickAt', 'Last click')}
          {head('createdAt', 'Made')}
          <ActionsHead />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {links.map((link) => (
          <Row
            key={link.id}
            link={link}
            chosen={chosen.has(link.id)}
            onChoose={(on) => choose(link.id, on)}
          />
        ))}
      </Table.Tbody>
    </Table>
  )
}

const Row = ({
  link,
  chosen,
  onChoose,
}: {
  link: Link
  chosen: boolean
  onChoose: (on: boolean) => void
}) => {
  const { open } = useDraft()
  const { id, code, shortUrl, destination, title, tags, hasPassword, state } = link
  return (
    <Table.Tr data-selected={chosen || undefined}>
      <Table.Td className="corner">
        <Checkbox
          aria-label={`Choose ${code}`}
          checked={chosen}
          onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td className="wide">
        <Group gap={6} wrap="nowrap">
          <Anchor component={To} href={`/admin/links/${id}`} fw={600} className="wrap">
            {shortUrl.replace(/^https?:\/\//, '')}
          </Anchor>
          {hasPassword && <IconLock size={16} aria-label="has a password" />}
          <CopyIcon text={shortUrl} what={`the link ${code}`} />
        </Group>
        <Text size="sm" c="dimmed" className="one-line" title={destination}>
          {title ? <strong>{title} · </strong> : null}
          {destination}
        </Text>
        {tags.length > 0 && (
          <Group gap={4} mt={4}>
            {tags.map((tag) => (
              <Badge key={tag} size="sm" variant="outline" color="gray" tt="none">
                {tag}
              </Badge>
            ))}
          </Group>
        )}
      </Table.Td>
      <Table.Td data-label="State">
        <StateBadge state={state} /> {link.unsafe && <UnsafeBadge />}
      </Table.Td>
      <Table.Td data-label="Clicks" className="figure">
        {compact(link.clicks)}
      </Table.Td>
      <Table.Td data-label="Last click">
        <Moment at={link.lastClickAt} since />
      </Table.Td>
      <Table.Td data-label="Made">
        <Moment at={link.createdAt} since />
      </Table.Td>
      <Table.Td className="corner-end">
        {state !== 'deleted' && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Edit ${code}`}
            onClick={() => open(link)}
          >
            <IconPencil size={18} />
          </ActionIcon>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

type SortProps = Pick<Props, 'sort' | 'onSort'> & {
  name: 'code' | 'clicks' | 'lastClickAt' | 'createdAt'
  label: string
  end: boolean
}

const SortHead = ({ name, label, sort, onSort, end }: SortProps) => {
  const up = sort === name
  const down = sort === `-${name}`
  const Arrow = up ? IconArrowUp : IconArrowDown
  return (
    <Table.Th
      aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}
      {...(end ? { className: 'figure' } : {})}
    >
      <UnstyledButton className="sort" onClick={() => onSort(down ? name : `-${name}`)}>
        {label} {(up || down) && <Arrow size={14} aria-hidden />}
      </UnstyledButton>
    </Table.Th>
  )
}
