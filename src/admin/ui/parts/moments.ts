const format = (options: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat(navigator.language, options)
  return (at: string | number | Date) => formatter.format(new Date(at))
}

/** `24 Nov 2026, 21:40`, in the viewer's zone. */
export const moment = format({ dateStyle: 'medium', timeStyle: 'short' })

/** The same to the second and with the zone's name, for a tooltip. */
export const exactMoment = format({ dateStyle: 'full', timeStyle: 'long' })

/** `24 Nov 2026`. */
export const dayOf = format({ dateStyle: 'medium' })

/** `24 Nov`. */
export const shortDay = format({ day: 'numeric', month: 'short' })

/** `21:40`. */
export const hourTime = format({ timeStyle: 'short' })

/** `21:40:07`. */
export const clockTime = format({ timeStyle: 'medium' })

const relative = new Intl.RelativeTimeFormat(navigator.language, { numeric: 'auto' })
const steps = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** `3 days ago`. */
export const ago = (at: string | number | Date): string => {
  const seconds = (new Date(at).getTime() - Date.now()) / 1000
  const step = steps.find(([, length]) => Math.abs(seconds) >= length)
  if (step === undefined) return relative.format(0, 'minute')
  return relative.format(Math.trunc(seconds / step[1]), step[0])
}

/** The value of a `datetime-local` field for an instant; empty for none. */
export const toField = (at: string | null | undefined): string => {
  if (!at) return ''
  const date = new Date(at)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The instant of a `datetime-local` field; null for an empty one. */
export const fromField = (value: string): string | null =>
  value === '' ? null : new Date(value).toISOString()

/** Minutes by which the viewer's clock is ahead of UTC. */
export const offsetMinutes = () => -new Date().getTimezoneOffset()
