import { and, eq, sql } from 'drizzle-orm'
import type { NewClick } from './click'
import type { Connection } from './connect'
import { dictionary, profiles } from './schema'

/** Texts, and combinations of them, remembered in memory with their ids. */
const mostKnown = 50_000

/** What is known of who clicked. */
export type Profile = Pick<NewClick, 'country' | 'browser' | 'os' | 'device' | 'language' | 'bot'>

/**
 * The ids of texts and profiles, added as they come; used inside the batch's transaction. `forget`
 * must follow a transaction that was undone, because the ids it gave are free again.
 */
export const createDictionary = (connection: Connection) => {
  const texts = remembered()
  const people = remembered()
  const textId = prepareTexts(connection)
  const rowId = prepareProfiles(connection)

  const idOf = (text: string, domainId: number | null = null) =>
    texts.get(text) ?? texts.keep(text, textId(text, domainId))

  return {
    /** The id of a referrer's origin, tied to its registrable domain's. */
    referrerId: ({ origin, domain }: { origin: string; domain: string }) =>
      texts.get(origin) ?? idOf(origin, idOf(domain)),

    profileId: ({ country, browser, os, device, language, bot }: Profile) => {
      const key = `${country}\0${browser}\0${os}\0${device}\0${language}\0${bot ?? ''}`
      return (
        people.get(key) ??
        people.keep(
          key,
          rowId({
            ...{ country: idOf(country), browser: idOf(browser), os: idOf(os) },
            ...{ device: idOf(device), language: idOf(language) },
            bot: bot === null ? 0 : idOf(bot),
          }),
        )
      )
    },

    forget: () => {
      texts.clear()
      people.clear()
    },
  }
}

/** A bounded memory; it starts afresh when it is full. */
const remembered = () => {
  const known = new Map<string, number>()
  return {
    get: (key: string) => known.get(key),
    keep: (key: string, id: number) => {
      if (known.size >= mostKnown) known.clear()
      known.set(key, id)
      return id
    },
    clear: () => known.clear(),
  }
}

const prepareTexts = ({ db }: Connection) => {
  const find = db
    .select({ id: dictionary.id })
    .from(dictionary)
    .where(eq(dictionary.text, sql.placeholder('text')))
    .prepare()
  const add = db
    .insert(dictionary)
    .values({ text: sql.placeholder('text'), domainId: sql.placeholder('domainId') })
    .returning({ id: dictionary.id })
    .prepare()
  return (text: string, domainId: number | null) =>
    mustHave(find.get({ text })?.id ?? add.get({ text, domainId })?.id)
}

const parts = ['country', 'browser', 'os', 'device', 'language', 'bot'] as const

type Ids = Record<(typeof parts)[number], number>

const prepareProfiles = ({ db }: Connection) => {
  const find = db
    .select({ id: profiles.id })
    .from(profiles)
    .where(and(...parts.map((part) => eq(profiles[part], sql.placeholder(part)))))
    .prepare()
  const placeholders = Object.fromEntries(parts.map((part) => [part, sql.placeholder(part)]))
  const add = db
    .insert(profiles)
    .values(placeholders as unknown as Ids)
    .returning({ id: profiles.id })
    .prepare()
  return (ids: Ids) => mustHave(find.get(ids)?.id ?? add.get(ids)?.id)
}

const mustHave = (id: number | undefined): number => {
  if (id === undefined) throw new Error('the dictionary gave no id')
  return id
}
