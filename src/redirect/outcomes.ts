import type { Gate } from '../core'
import { type Page, page, showPage } from '../http'

/** Every way of not being redirected: a closed gate, no link at all, or our own failure. */
export type Closed = Exclude<Gate, 'open' | 'locked'> | 'missing' | 'broken'

type Outcome = { status: number; title: string; text: string }

/** What a visitor of a closed link is told. */
export const outcomes = {
  missing: {
    status: 404,
    title: 'There is no such link',
    text: 'Nothing was ever found under this address. Check it for a typing mistake: capital and small letters differ.',
  },
  early: {
    status: 404,
    title: 'This link is not open yet',
    text: 'It exists, but it starts later. Please come back then.',
  },
  expired: {
    status: 410,
    title: 'This link has expired',
    text: 'It was open until a certain time, and that time has passed.',
  },
  spent: {
    status: 410,
    title: 'This link is used up',
    text: 'It could be followed a limited number of times, and that number is reached.',
  },
  disabled: {
    status: 410,
    title: 'This link is switched off',
    text: 'Its owner has switched it off. Ask whoever gave it to you.',
  },
  deleted: {
    status: 410,
    title: 'This link was removed',
    text: 'Its owner has deleted it for good.',
  },
  broken: {
    status: 500,
    title: 'Something went wrong here',
    text: 'The link could not be looked up. Please try again in a moment.',
  },
} as const satisfies Record<Closed, Outcome>

/** Answers for closed links: a page for browsers, JSON for those that ask for it. */
export const closedAnswers = () => {
  const pages = Object.fromEntries(
    Object.entries(outcomes).map(([closed, outcome]) => [closed, toPage(outcome)]),
  ) as Record<Closed, Page>

  return (closed: Closed, accept: string | null, retryAfter?: number): Response => {
    const { status, title } = outcomes[closed]
    const headers = {
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
      Vary: 'Accept',
      ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
    }
    if (!wantsJson(accept)) return showPage(pages[closed], status, headers)
    const json = { ...headers, 'X-Content-Type-Options': 'nosniff' }
    return Response.json({ error: closed, message: title }, { status, headers: json })
  }
}

/** A page that says nothing about a link: for those who must neither see nor use it up. */
export const neutralAnswer = () => {
  const neutral = page({
    title: 'A short link',
    body: '<main><h1>A short link</h1><p>Open it in a browser to follow it.</p></main>',
  })
  return () => showPage(neutral, 200, { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
}

const wantsJson = (accept: string | null) =>
  accept?.includes('application/json') === true && !accept.includes('text/html')

const toPage = ({ title, text }: Outcome) =>
  page({ title, body: `<main><h1>${title}</h1><p class="soft">${text}</p></main>` })
