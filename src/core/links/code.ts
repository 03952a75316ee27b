import { customRandom } from 'nanoid'
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from 'obscenity'
import { bounds } from '../../bounds'

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Reserved beside the first segment of every route: paths of dialects and files still to come. */
const reservedWords = [
  'api',
  'rest',
  'v1',
  'v2',
  'v3',
  'v4',
  'yourls-api.php',
  'track',
  'mcp',
  'events',
  'qr',
  'p',
  'q',
  'static',
  'assets',
  'dub',
  'links',
  'create',
  'overview',
  'guest',
  'bulk',
  'count',
  'info',
  'upsert',
  'login',
  'logout',
  'register',
  'signup',
  'well-known',
  '.well-known',
  'sitemap.xml',
  'robots.txt',
  'favicon.ico',
  'admin',
  'auth',
  'r',
  'setup',
  'health',
  'metrics',
  'docs',
  'openapi.json',
] as const

/** Random bytes from a cryptographic source. */
export type Random = (bytes: number) => Uint8Array

/** A maker of base62 texts of one length. */
export const base62Maker = (length: number, random: Random) => customRandom(base62, length, random)

/** Why a code can't be had by anybody. */
export type CodeFlaw = 'illegal' | 'reserved'

/** A new id of a record that is not counted: 24 lowercase hex, the form the links dialect documents. */
export const newRecordId = (random: Random) => Buffer.from(random(12)).toString('hex')

/** The rules of codes: which can be had, and random ones that are neither reserved nor profane. */
export const codes = (length: number, random: Random, routes: readonly string[]) => {
  const reserved = new Set([...reservedWords, ...routes].map((word) => word.toLowerCase()))
  const profanity = new RegExpMatcher({
    ...englishDataset.build(),
    ...englishRecommendedTransformers,
  })
  const draw = base62Maker(length, random)

  /** Whether a code is kept for the program's own paths, in any case of letters. */
  const isReserved = (code: string) => reserved.has(code.toLowerCase())
  const isProfane = (code: string) => profanity.hasMatch(code)

  /** What is against a wanted code; null: nothing. Its words are no matter of ours: somebody chose them. */
  const flawOf = (code: string): CodeFlaw | null => {
    if (!/^[A-Za-z0-9_-]+$/.test(code) || code.length > bounds.code) return 'illegal'
    return isReserved(code) ? 'reserved' : null
  }

  /** A random code that is neither reserved nor profane; it may still be taken. */
  const next = (): string => {
    const code = draw()
    return isReserved(code) || isProfane(code) ? next() : code
  }
  return { next, isReserved, isProfane, flawOf }
}
