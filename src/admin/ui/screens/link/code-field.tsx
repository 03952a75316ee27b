import { Loader, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { bounds } from '../../../../bounds'
import { api, ask } from '../../api'
import { useSession } from '../../queries'
import type { DraftForm } from './fields'

const verdicts = {
  free: '',
  taken: 'This code is taken.',
  reserved: 'This code is kept for the server’s own pages.',
  illegal: 'Only letters, digits, - and _; at most 50.',
} as const

/** The code of a new link; says while typing whether it can be had. */
export const CodeField = ({ form }: { form: DraftForm }) => {
  const { baseUrl, plan } = useSession()
  const { code, domainId } = form.values
  const [wanted] = useDebouncedValue(code.trim(), 250)
  const check = useQuery({
    queryKey: ['code', domainId, wanted],
    queryFn: () =>
      ask(
        api.links.check.get({
          query: { code: wanted, ...(domainId === '' ? {} : { domainId }) },
        }),
      ),
    enabled: wanted !== '',
    staleTime: 5_000,
  })
  const current = wanted === code.trim() && wanted !== ''
  const verdict = current ? check.data : undefined
  const free = verdict?.available === true
  const may = plan?.customCodes !== false
  return (
    <TextInput
      label="Code"
      description={
        may
          ? `${baseUrl.replace(/^https?:\/\//, '')}/… Letters, digits, - and _. Empty: a random one.`
          : 'Your plan gives random codes only.'
      }
      maxLength={bounds.code}
      autoComplete="off"
      spellCheck={false}
      disabled={!may}
      {...form.getInputProps('code')}
      error={
        form.errors.code ?? (verdict !== undefined && !free ? verdicts[verdict.verdict] : undefined)
      }
      rightSection={
        check.isFetching ? (
          <Loader size={16} />
        ) : free ? (
          <IconCheck size={18} aria-label="This code is free" color="var(--mantine-color-teal-7)" />
        ) : verdict !== undefined ? (
          <IconX size={18} aria-hidden />
        ) : null
      }
    />
  )
}
