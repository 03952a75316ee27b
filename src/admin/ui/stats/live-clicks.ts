import { useEffect, useRef, useState } from 'react'
import { root } from '../api'
import { queryClient } from '../queries'

/** A click that was just stored. */
export type LiveClick = {
  linkId: number
  code: string
  title: string | null
  at: string
  country: string
  browser: string
  referrer: string
  bot: string | null
}

/** How soon after a click the figures are read again, ms. */
const patience = 1500

/**
 * Listens to the caller's clicks as they are stored, and has the statistics read again soon after.
 * Answers whether the line is open.
 */
export const useLiveClicks = (hear?: (click: LiveClick) => void): boolean => {
  const [open, setOpen] = useState(false)
  const hearing = useRef(hear)
  hearing.current = hear
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer = undefined
      void queryClient.invalidateQueries({ queryKey: ['stats'] })
      void queryClient.invalidateQueries({ queryKey: ['link'] })
    }
    const source = new EventSource(`${root}/api/snug/v1/events`)
    source.onopen = () => setOpen(true)
    source.onerror = () => setOpen(false)
    source.addEventListener('click', ({ data }) => {
      hearing.current?.(JSON.parse(data) as LiveClick)
      timer ??= setTimeout(refresh, patience)
    })
    return () => {
      source.close()
      clearTimeout(timer)
    }
  }, [])
  return open
}
