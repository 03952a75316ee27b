/** ISO 8601: a day, or a day and a time, perhaps with a zone. */
const iso = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/

/** Returns the start in UTC of a day `YYYY-MM-DD`; null for any other text, and for a day that no calendar has. */
export function readDay(text: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null
  const midnight = new Date(`${text}T00:00:00Z`)
  if (Number.isNaN(midnight.getTime())) return null
  return midnight.toISOString().startsWith(text) ? midnight : null // 30 February would be 2 March
}

/**
 * Returns the instant of an ISO 8601 day or date and time, in UTC unless it names a zone; null for any other
 * text, and for a day or time that does not exist.
 */
export function readInstant(text: string): Date | null {
  const [, date = '', time, zone = 'Z'] = iso.exec(text) ?? []
  const day = readDay(date)
  if (day === null || time === undefined) return day
  const instant = new Date(`${date}T${time}${zone}`)
  return Number.isNaN(instant.getTime()) ? null : instant
}

/** No instant: what the rules of a link, key or plan refuse by the name of its field. */
export const noInstant = (): Date => new Date(Number.NaN)
