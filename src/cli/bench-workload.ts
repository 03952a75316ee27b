import type { RawClick } from '../clicks'
import { day } from '../time'

/** A made-up year of clicks: a few links are clicked much, most hardly ever, by people and bots. */
export type Workload = { clicks: number; links: number }

const daysLong = 365

/** Zipf's law with this exponent gives the hottest of 100,000 links a tenth of all clicks. */
const exponent = 1.05

const systems = [
  'Windows NT 10.0; Win64; x64',
  'Macintosh; Intel Mac OS X 10_15_7',
  'X11; Linux x86_64',
  'Linux; Android 14; Pixel 8',
]
const bots = ['Googlebot/2.1', 'bingbot/2.0', 'AhrefsBot/7.0', 'Twitterbot/1.0', 'Discordbot/2.0']
const languages = ['en-US,en;q=0.9', 'de-DE,de;q=0.9,en;q=0.5', 'fr-FR', 'es-ES,es;q=0.8', 'ja-JP']

/** Chance between 0 and 1 that repeats itself (mulberry32). */
const repeatable = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Which link is clicked next, by Zipf's law; link 1 most, link 2 half as often… */
const zipf = (links: number, chance: () => number) => {
  const sums = new Float64Array(links)
  let sum = 0
  for (let rank = 0; rank < links; rank++) sums[rank] = sum += (rank + 1) ** -exponent
  return () => {
    const wanted = chance() * sum
    let [low, high] = [0, links - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (Number(sums[middle]) < wanted) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}

const oneOf = <T>(values: readonly T[], chance: number) =>
  values[Math.floor(chance * values.length)] as T

/** Makes the clicks one after the other, spread evenly over the year that ends at `end`. */
export const createWorkload = ({ clicks, links }: Workload, end: number) => {
  const chance = repeatable(1)
  const nextLink = zipf(links, chance)
  const people = Math.max(1000, Math.floor(clicks / 5))
  const begin = end - daysLong * day
  const spread = (daysLong * day) / clicks
  let made = 0

  /** Addresses and agents belong to people, so that they come back as the visitors they were. */
  const person = () => {
    const who = Math.floor(people * chance() ** 2)
    const own = repeatable(who)
    const peer = `${1 + Math.floor(own() * 222)}.${[0, 0, 0].map(() => Math.floor(own() * 256)).join('.')}`
    const system = oneOf(systems, own())
    const userAgent = `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${100 + Math.floor(own() * 40)}.0.0.0 Safari/537.36`
    return { peer, userAgent, language: oneOf(languages, own()) }
  }

  return (): RawClick => {
    const isBot = chance() < 0.12
    const visitor = person()
    return {
      ...visitor,
      userAgent: isBot ? `Mozilla/5.0 (compatible; ${oneOf(bots, chance())})` : visitor.userAgent,
      linkId: nextLink(),
      at: Math.floor(begin + made++ * spread),
      redirectUs: 20 + Math.floor(chance() * 80),
      host: 'go.example',
      referrer:
        chance() < 0.5 ? null : `https://site${Math.floor(300 * chance() ** 3)}.example/page`,
      forwardedFor: null,
      cdnCountry: null,
      prefetch: false,
      untracked: false,
    }
  }
}
