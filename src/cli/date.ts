import { noInstant, readInstant } from '../core'

/** Returns the date, or date and time, of an option or a file, spaces allowed as databases write them; an invalid one for other texts. */
export const dateOf = (text: string): Date =>
  readInstant(text.trim().replace(' ', 'T').replace(' ', '')) ?? noInstant()
