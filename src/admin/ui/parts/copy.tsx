import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { failed } from './notice'

/** Puts a text on the clipboard, also where the browser offers no clipboard (plain HTTP). */
export const copyText = async (text: string): Promise<void> => {
  if (navigator.clipboard !== undefined) return navigator.clipboard.writeText(text)
  const field = document.createElement('textarea')
  field.value = text
  field.style.position = 'fixed'
  ;(document.querySelector('[role=dialog]') ?? document.body).append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (!copied) throw new Error('The browser does not let this page copy: select the text instead.')
}

const useCopied = (text: string) => {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await copyText(text)
      setCopied(true)
      setTimeout(() => setCopied(false), 2000)
    } catch (error) {
      failed(error)
    }
  }
  return { copied, copy }
}

type Props = { text: string; what: string }

/** A small button that copies. */
export const CopyIcon = ({ text, what }: Props) => {
  const { copied, copy } = useCopied(text)
  return (
    <Tooltip label={copied ? 'Copied' : `Copy ${what}`}>
      <ActionIcon variant="subtle" color="gray" aria-label={`Copy ${what}`} onClick={copy}>
        {copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
      </ActionIcon>
    </Tooltip>
  )
}

/** A button with a word that copies. */
export const CopyWord = ({ text, what }: Props) => {
  const { copied, copy } = useCopied(text)
  return (
    <Button
      variant="default"
      leftSection={copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
      onClick={copy}
      aria-label={`Copy ${what}`}
    >
      {copied ? 'Copied' : 'Copy'}
    </Button>
  )
}
