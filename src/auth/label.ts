import { UAParser } from 'ua-parser-js'

/** Longest user agent that is looked at. */
const mostLooked = 512

/** What is kept of a user agent beside a sign-in: `Firefox on Linux`, nothing finer. */
export const labelOf = (userAgent: unknown): string => {
  const text = typeof userAgent === 'string' ? userAgent.slice(0, mostLooked) : ''
  const { browser, os } = new UAParser(text).getResult()
  return [browser.name ?? 'Unknown', os.name].filter(Boolean).join(' on ')
}
