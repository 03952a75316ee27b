import { Button, Drawer, Group, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { api, ask, type Refusal } from '../../api'
import { linksChanged } from '../../links-data'
import { Failed } from '../../parts/answer'
import { copyText } from '../../parts/copy'
import type { Drafted } from '../../parts/drafting'
import { told } from '../../parts/notice'
import { bodyOf, type DraftValues, valuesOf } from './draft'
import { LinkFields } from './fields'

type Props = Drafted & { onClose: () => void }

/** The drawer in which a link is made or, given one, changed. A new link is copied at once. */
export const LinkDrawer = ({ link, destination, onClose }: Props) => {
  const form = useForm<DraftValues>({
    initialValues: { ...valuesOf(link), ...(link === null ? { destination } : {}) },
  })
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Error | null>(null)
  const [, go] = useLocation()
  const save = async () => {
    const body = bodyOf(form.values, link)
    if (link !== null) {
      await ask(api.links({ id: link.id }).patch(body))
      told('Saved.')
    } else {
      const made = await ask(api.links.post({ ...body, destination: form.values.destination }))
      const copied = await copyText(made.shortUrl).then(
        () => true,
        () => false,
      )
      told(copied ? `${made.shortUrl} is made and copied.` : `${made.shortUrl} is made.`)
      go(`/admin/links/${made.id}`)
    }
    onClose()
    await linksChanged()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await save()
    } catch (error) {
      setProblem(error as Error)
      form.setErrors((error as Partial<Refusal>).fields ?? {})
      setBusy(false)
    }
  }
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={link === null ? 'New link' : `Edit ${link.code}`}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <LinkFields form={form} link={link} />
          {problem !== null && <Failed error={problem} />}
          <Group justify="flex-end" className="drawer-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              {link === null ? 'Make and copy' : 'Save'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  )
}
