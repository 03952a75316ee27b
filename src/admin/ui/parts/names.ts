const language = navigator.language
const named = (type: 'region' | 'language') => {
  const names = new Intl.DisplayNames([language], { type })
  return (code: string) => {
    try {
      return names.of(code) ?? code
    } catch {
      return code // not a code at all
    }
  }
}
const region = named('region')
const tongue = named('language')

/** A country's name in the viewer's language. */
export const countryName = (code: string) =>
  code === 'XX' || code === '' ? 'Unknown country' : region(code)

/** A language's name in the viewer's language. */
export const languageName = (code: string) => (code === '' ? 'Unknown' : tongue(code))

const figures = new Intl.NumberFormat(language)
const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })

/** `12,345`. */
export const whole = (value: number) => figures.format(value)

/** `12.3K` once it is long. */
export const compact = (value: number) => (value < 10_000 ? whole(value) : short.format(value))

const bytes = ['B', 'kB', 'MB', 'GB', 'TB']

/** `4.2 MB`. */
export const size = (value: number): string => {
  const power = Math.min(bytes.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3))
  return `${figures.format(Number((value / 1000 ** power).toFixed(1)))} ${bytes[power]}`
}

/** The change from one figure to another in percent; null from nothing. */
export const change = (now: number, before: number) =>
  before === 0 ? null : Math.round(((now - before) / before) * 100)
