import { useHotkeys } from '@mantine/hooks'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Link } from '../links-data'

/** What the drawer is opened with: a link to change, or null and perhaps a destination to begin with. */
export type Drafted = { link: Link | null; destination: string }

type Drafting = {
  drafted: Drafted | null
  open: (link: Link | null, destination?: string) => void
  close: () => void
}

const Context = createContext<Drafting>({ drafted: null, open: () => {}, close: () => {} })

/** The drawer in which a link is made or changed. */
export const useDraft = () => useContext(Context)

/** Makes `useDraft` work below; the key C opens a new link, and so does an address with `?new=`. */
export const DraftProvider = ({ children }: { children: ReactNode }) => {
  const [params, setParams] = useSearchParams()
  const asked = params.get('new')
  const [drafted, setDrafted] = useState<Drafted | null>(null)
  useHotkeys([['c', () => setDrafted({ link: null, destination: '' })]])
  useEffect(() => {
    if (asked === null) return
    setDrafted({ link: null, destination: asked })
    setParams({}, { replace: true })
  }, [asked, setParams])
  const value = useMemo(
    () => ({
      drafted,
      open: (link: Link | null, destination = '') => setDrafted({ link, destination }),
      close: () => setDrafted(null),
    }),
    [drafted],
  )
  return <Context.Provider value={value}>{children}</Context.Provider>
}
