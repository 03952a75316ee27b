import { isbot, isbotMatch } from 'isbot'
import { LRUCache } from 'lru-cache'
import { UAParser } from 'ua-parser-js'

/** What a user agent says of itself, in parsed names only. `bot` is null for a person. */
export type Agent = { browser: string; os: string; device: string; bot: string | null }

/** The name of whatever is not known. */
export const unknown = 'Unknown'

/** Characters of a user agent that are looked at; longer ones are nobody's browser. */
const longest = 512

/** Characters of a name that are kept: anybody can call themselves anything. */
const longestName = 60

/** Names that the parser spells unlike the rest of the field. */
const renamed: Record<string, string> = { 'Mac OS': 'macOS', 'Chromium OS': 'Chrome OS' }

/** Reads user agents, remembering the latest few thousand: parsing costs 20 µs, remembering 0.5. */
export const createAgents = () => {
  const known = new LRUCache<string, Agent>({ max: 5000 })
  return (userAgent: string | null): Agent => {
    const text = (userAgent ?? '').slice(0, longest)
    const found = known.get(text)
    if (found !== undefined) return found
    const agent = parse(text)
    known.set(text, agent)
    return agent
  }
}

const parse = (text: string): Agent => {
  const { browser, os, device } = new UAParser(text).getResult()
  const bot = isbot(text) ? botName(text) : null
  const osName = name(os.name)
  return {
    browser: name(browser.name),
    os: osName,
    device: bot !== null ? 'bot' : (device.type ?? (osName === unknown ? 'unknown' : 'desktop')),
    bot,
  }
}

const name = (parsed: string | undefined) =>
  parsed ? (renamed[parsed] ?? parsed.slice(0, longestName)) : unknown

/** Where bots put their name: right in front, after «compatible;», or in a word of their trade. */
const botNames = [
  /^(?!mozilla)([a-z][\w.-]*)/i,
  /compatible;\s*(?!mozilla)([a-z][\w.-]*)/i,
  /((?=[\w-]{5})[\w-]*(?:bot|crawl|spider|slurp|headless|externalhit|preview|monitor)[\w-]*)/i,
]

const botName = (text: string): string => {
  for (const pattern of botNames) {
    const found = pattern.exec(text)?.[1]
    if (found !== undefined) return found.slice(0, longestName)
  }
  return isbotMatch(text)?.slice(0, longestName) ?? 'Unknown bot'
}
