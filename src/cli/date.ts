/** The date, or date and time, that an option gives; an invalid one unless it is ISO and its day exists. */
export const dateOf = (text: string): Date => {
  const [day = ''] = /^\d{4}-\d\d-\d\d/.exec(text) ?? []
  const start = new Date(`${day}T00:00:00Z`)
  const exists = !Number.isNaN(start.getTime()) && start.toISOString().startsWith(day)
  return new Date(exists ? text : Number.NaN)
}
