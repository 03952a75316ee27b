import { Anchor, Button, Code, Group, List, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { Link as To } from 'wouter'
import { root } from '../api'
import { CopyIcon } from '../parts/copy'
import { download } from '../parts/download'
import { Page } from '../parts/page'
import { Panel } from '../parts/panel'
import { bookmarkletFor, shareXFor, snippetsFor } from './tools/recipes'

/** Ways to shorten links without opening this page, with this server's own address filled in. */
export const Tools = () => (
  <Page title="Tools" about="Shorten without opening this page.">
    <Bookmarklet />
    <Panel title="Browser keyword">
      <Text>
        Make a search engine in your browser with the keyword <Code>go</Code> and this address; then{' '}
        <Code>go name</Code> in the address bar opens a short link.
      </Text>
      <Snippet text={`${root}/%s`} what="the keyword address" />
    </Panel>
    <Panel title="ShareX">
      <Text mb="sm">
        Import this file as a custom uploader, and put your key in the place of{' '}
        <Code>YOUR_KEY</Code>.
      </Text>
      <Button
        variant="default"
        leftSection={<IconDownload size={18} />}
        onClick={() =>
          download('snug.sxcu', new Blob([shareXFor(root)], { type: 'application/json' }))
        }
      >
        Download snug.sxcu
      </Button>
    </Panel>
    <Panel title="Command line">
      <Text mb="sm">
        With{' '}
        <Anchor component={To} href="/r" underline="always">
          your key
        </Anchor>{' '}
        in the variable <Code>SNUG_KEY</Code>:
      </Text>
      <List listStyleType="none" spacing="sm">
        {snippetsFor(root).map(({ title, text }) => (
          <List.Item key={title}>
            <Text fw={600}>{title}</Text>
            <Snippet text={text} what={title.toLowerCase()} />
          </List.Item>
        ))}
      </List>
    </Panel>
  </Page>
)

const Snippet = ({ text, what }: { text: string; what: string }) => (
  <Group gap="xs" wrap="nowrap" align="flex-start" mt={4}>
    <Code block className="grow wrap">
      {text}
    </Code>
    <CopyIcon text={text} what={what} />
  </Group>
)

const Bookmarklet = () => {
  const anchor = useRef<HTMLAnchorElement>(null)
  const script = bookmarkletFor(root)
  useEffect(() => {
    // React refuses addresses that are scripts; this one is ours, and made to be dragged away
    anchor.current?.setAttribute('href', script)
  }, [script])
  return (
    <Panel title="Bookmarklet">
      <Text mb="sm">Drag this to your bookmarks: it opens a new link for the page you are on.</Text>
      <Group>
        <Button
          component="a"
          ref={anchor}
          variant="light"
          onClick={(event) => event.preventDefault()}
        >
          Shorten this page
        </Button>
        <CopyIcon text={script} what="the bookmarklet" />
      </Group>
    </Panel>
  )
}
