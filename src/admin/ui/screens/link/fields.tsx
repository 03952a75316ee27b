import {
  Accordion,
  NumberInput,
  PasswordInput,
  Select,
  SimpleGrid,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { bounds } from '../../../../bounds'
import { campaignsQuery, domainsQuery } from '../../groups-data'
import type { Link } from '../../links-data'
import { CodeField } from './code-field'
import type { DraftValues } from './draft'
import { UtmBuilder } from './utm'

export type DraftForm = UseFormReturnType<DraftValues>
type Props = { form: DraftForm; link: Link | null }

/** Every field of a link, the ones that are rarely wanted folded away. */
export const LinkFields = ({ form, link }: Props) => (
  <>
    <TextInput
      label="Destination"
      placeholder="https://example.com/a/long/address"
      inputMode="url"
      autoComplete="off"
      maxLength={bounds.destination}
      required
      data-autofocus
      {...form.getInputProps('destination')}
    />
    {link === null && <CodeField form={form} />}
    <TextInput label="Title" maxLength={bounds.title} {...form.getInputProps('title')} />
    <TagsInput
      label="Tags"
      description="Letters, digits, - and _; Enter adds one."
      maxTags={10}
      splitChars={[',', ' ']}
      {...form.getInputProps('tags')}
    />
    <Accordion variant="separated" multiple defaultValue={[]} order={3}>
      <Accordion.Item value="campaign">
        <Accordion.Control>Campaign parameters (UTM)</Accordion.Control>
        <Accordion.Panel>
          <UtmBuilder
            destination={form.values.destination}
            onChange={(destination) => form.setFieldValue('destination', destination)}
          />
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="limits">
        <Accordion.Control>When and for whom it opens</Accordion.Control>
        <Accordion.Panel>
          <LimitFields form={form} link={link} />
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="order">
        <Accordion.Control>Where it belongs</Accordion.Control>
        <Accordion.Panel>
          <OrderFields form={form} link={link} />
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="way">
        <Accordion.Control>How it redirects</Accordion.Control>
        <Accordion.Panel>
          <WayFields form={form} />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  </>
)

const LimitFields = ({ form, link }: Props) => (
  <>
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput label="Starts" type="datetime-local" {...form.getInputProps('startsAt')} />
      <TextInput label="Expires" type="datetime-local" {...form.getInputProps('expiresAt')} />
    </SimpleGrid>
    <NumberInput
      label="Most clicks"
      description="It closes for good after so many; empty: never."
      min={1}
      allowDecimal={false}
      mt="sm"
      value={form.values.maxClicks}
      onChange={(value) => form.setFieldValue('maxClicks', String(value))}
      error={form.errors.maxClicks}
    />
    <PasswordInput
      label={link?.hasPassword === true ? 'New password' : 'Password'}
      description={
        link?.hasPassword === true ? 'Empty: it stays as it is.' : 'At least 4 characters.'
      }
      autoComplete="new-password"
      minLength={4}
      maxLength={bounds.passwordMost}
      mt="sm"
      disabled={form.values.removePassword}
      {...form.getInputProps('password')}
    />
    {link?.hasPassword === true && (
      <Switch
        label="Remove the password"
        mt="sm"
        {...form.getInputProps('removePassword', { type: 'checkbox' })}
      />
    )}
    <Switch label="Switched on" mt="sm" {...form.getInputProps('enabled', { type: 'checkbox' })} />
  </>
)

const OrderFields = ({ form, link }: Props) => {
  const { data: campaigns = [] } = useQuery(campaignsQuery)
  const { data: domains = [] } = useQuery(domainsQuery)
  return (
    <>
      <TextInput label="Folder" maxLength={bounds.folder} {...form.getInputProps('folder')} />
      <Select
        label="Campaign"
        placeholder="None"
        clearable
        mt="sm"
        data={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
        value={form.values.campaignId || null}
        onChange={(value) => form.setFieldValue('campaignId', value ?? '')}
        error={form.errors.campaignId}
      />
      {link === null && (
        <Select
          label="Domain"
          placeholder="This server’s own"
          clearable
          mt="sm"
          data={domains
            .filter(({ verified }) => verified)
            .map(({ id, host }) => ({ value: id, label: host }))}
          value={form.values.domainId || null}
          onChange={(value) => form.setFieldValue('domainId', value ?? '')}
          error={form.errors.domainId}
        />
      )}
      <Textarea
        label="Notes"
        description="Only you see them."
        maxLength={bounds.notes}
        autosize
        minRows={2}
        mt="sm"
        {...form.getInputProps('notes')}
      />
    </>
  )
}

const ways = [
  { value: '301', label: '301: moved for good, POST may become GET' },
  { value: '302', label: '302: for now' },
  { value: '307', label: '307: for now, the method stays' },
  { value: '308', label: '308: moved for good, the method stays' },
]

const WayFields = ({ form }: { form: DraftForm }) => (
  <>
    <Select
      label="Status"
      placeholder="As the server is set"
      clearable
      data={ways}
      value={form.values.redirectStatus || null}
      onChange={(value) => form.setFieldValue('redirectStatus', value ?? '')}
      error={form.errors.redirectStatus}
    />
    <Switch
      label="Pass the visitor’s query parameters on"
      mt="sm"
      {...form.getInputProps('forwardQuery', { type: 'checkbox' })}
    />
    <Switch
      label="Anybody may read its statistics"
      mt="sm"
      {...form.getInputProps('publicStats', { type: 'checkbox' })}
    />
  </>
)
