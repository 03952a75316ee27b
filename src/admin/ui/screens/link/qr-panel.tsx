import { Button, ColorInput, FileButton, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconDownload, IconPhoto } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { Link } from '../../links-data'
import { download } from '../../parts/download'
import { failed } from '../../parts/notice'
import { Panel } from '../../parts/panel'
import { drawQr, pngOf, readLogo } from './qr'

const plain = { dark: '#1d2433', light: '#ffffff', logo: null as string | null }

/** The QR code of a link, in colours and with a picture of one's own, to download. */
export const QrPanel = ({ link: { shortUrl, code } }: { link: Link }) => {
  const [look, setLook] = useState(plain)
  const svg = useMemo(() => drawQr(shortUrl, look), [shortUrl, look])
  const savePng = () => pngOf(svg).then((png) => download(`${code}.png`, png), failed)
  const choose = (file: File | null) => {
    if (file === null) return
    readLogo(file).then((logo) => setLook({ ...look, logo }), failed)
  }
  return (
    <Panel title="QR code">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <img
          src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
          alt={`QR code of ${shortUrl}`}
          className="code-picture"
        />
        <Stack gap="sm">
          <ColorInput
            withEyeDropper={false}
            label="Dark"
            value={look.dark}
            onChange={(dark) => setLook({ ...look, dark })}
          />
          <ColorInput
            withEyeDropper={false}
            label="Light"
            value={look.light}
            onChange={(light) => setLook({ ...look, light })}
          />
          <Group gap="xs">
            <FileButton accept="image/png,image/jpeg,image/svg+xml,image/webp" onChange={choose}>
              {(props) => (
                <Button {...props} variant="default" leftSection={<IconPhoto size={18} />}>
                  {look.logo === null ? 'Add a logo' : 'Another logo'}
                </Button>
              )}
            </FileButton>
            {look.logo !== null && (
              <Button variant="subtle" onClick={() => setLook({ ...look, logo: null })}>
                No logo
              </Button>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            Readers need the dark well darker than the light. Try the code before you print it.
          </Text>
          <Group gap="xs">
            <Button
              leftSection={<IconDownload size={18} />}
              onClick={() => download(`${code}.svg`, new Blob([svg], { type: 'image/svg+xml' }))}
            >
              SVG
            </Button>
            <Button leftSection={<IconDownload size={18} />} onClick={savePng}>
              PNG
            </Button>
          </Group>
        </Stack>
      </SimpleGrid>
    </Panel>
  )
}
