import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'wouter'

/** What the address asks for, as texts, and how to change it; so that a view can be kept and shared. */
export type Address = {
  values: Readonly<Record<string, string>>
  /** whether it asks for nothing in particular */
  isPlain: boolean
  /** changes some values; null takes one out */
  set: (values: Record<string, string | null>) => void
  clear: () => void
}

/** The part of the address after the question mark. */
export const useAddress = (): Address => {
  const [params, setParams] = useSearchParams()
  const values = useMemo(() => Object.fromEntries(params), [params])
  const set = useCallback(
    (changes: Record<string, string | null>) =>
      setParams(
        (current) => {
          const next = new URLSearchParams(current)
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === '') next.delete(name)
            else next.set(name, value)
          }
          return next
        },
        { replace: true },
      ),
    [setParams],
  )
  const clear = useCallback(() => setParams({}, { replace: true }), [setParams])
  return { values, isPlain: params.size === 0, set, clear }
}
