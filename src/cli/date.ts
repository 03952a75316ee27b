import { isDay } from '../core'

/** The date, or date and time, that an option gives; an invalid one unless it is ISO and its day exists. */
export const dateOf = (text: string): Date => {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(text) ?? []
  return new Date(day !== undefined && isDay(day) ? text : Number.NaN)
}
