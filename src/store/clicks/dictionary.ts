import { and, eq, sql } from 'drizzle-orm'
import type { Connection } from '../engine/connect'
import { dictionary, profiles } from '../schema'
import type { NewClick } from './click'
import { createNovelty } from './novelty'

/** Texts, and combinations of them, remembered in memory with their ids. */
const mostKnown = 50_000

/** What stands for names beyond what a minute may bring. */
export const other = 'Other'

/** What is known of who clicked. */
export type Profile = Pick<NewClick, 'country' | 'browser' | 'os' | 'device' | 'language' | 'bot'>

/** Ids that clicks refer to: of profiles, and of texts. */
export type UsedIds = { profiles: Set<number>; texts: Set<number> }

export type Dictionary = ReturnType<typeof createDictionary>

/**
 * The ids of texts and profiles, added as they come; used inside the batch's transaction. Of what a
 * minute brings beyond its share, names are told apart no more.
 */
export const createDictionary = (connection: Connection) => {
  const texts = remembered()
  const people = remembered()
  const findText = prepareTexts(connection)
  const findProfile = prepareProfiles(connection)
  const novelty = createNovelty()
  let used: UsedIds | null = null

  const noteText = (id: number) => {
    used?.texts.add(id)
    return id
  }

  /** The id of a text that is not remembered; null when it is new and may not be added. */
  const look = (text: string, mayAdd: () => boolean, domainId: number | null) => {
    const id = findText.find(text) ?? (mayAdd() ? findText.add(text, domainId) : null)
    return id === null ? null : texts.keep(text, id)
  }

  const otherId = () => noteText(texts.get(other) ?? look(other, always, null) ?? 0)

  const idOf = (text: string, mayAdd = novelty.takeText) => {
    const id = texts.get(text) ?? look(text, mayAdd, null)
    return id === null ? otherId() : noteText(id)
  }

  /** A new origin is never added without its own domain: that comes first, and so has a place if it has. */
  const referrerId = ({ origin, domain }: NewClick['referrer']) => {
    const known = texts.get(origin) ?? look(origin, never, null)
    if (known !== null) return noteText(known)
    const domainId = idOf(domain)
    return noteText(texts.get(origin) ?? look(origin, novelty.takeText, domainId) ?? otherId())
  }

  /** Where too many combinations are new, only what there are few of is told apart. */
  const rowOf = (profile: Profile, name: (text: string) => number) => ({
    country: idOf(profile.country, always),
    device: idOf(profile.device, always),
    browser: name(profile.browser),
    os: name(profile.os),
    language: name(profile.language),
    bot: profile.bot === null ? 0 : name(profile.bot),
  })

  const lookUpProfile = (profile: Profile, key: string) => {
    const row = rowOf(profile, idOf)
    const id = findProfile.find(row) ?? (novelty.takeProfile() ? findProfile.add(row) : null)
    if (id !== null) return people.keep(key, id)
    const coarse = rowOf(profile, otherId)
    return findProfile.find(coarse) ?? findProfile.add(coarse)
  }

  const profileId = (profile: Profile) => {
    const { country, browser, os, device, language, bot } = profile
    const key = `${country}\0${browser}\0${os}\0${device}\0${language}\0${bot ?? ''}`
    const id = people.get(key) ?? lookUpProfile(profile, key)
    used?.profiles.add(id)
    return id
  }

  const forget = () => {
    texts.clear()
    people.clear()
  }

  return {
    /** Returns the ids of a click's profile and of its referrer's origin. */
    idsOf(click: NewClick): { profile: number; referrer: number } {
      novelty.beginMinute(click.at)
      return { profile: profileId(click), referrer: referrerId(click.referrer) }
    },

    /** Must follow whatever deletes rows. */
    forget,

    /** Must follow a transaction that was undone: the ids it gave are free again. */
    undo() {
      forget()
      novelty.forget()
    },

    /** Collects every id that is given out from now on, until `unwatch`. */
    watch(): UsedIds {
      used = { profiles: new Set(), texts: new Set() }
      return used
    },

    unwatch() {
      used = null
    },
  }
}

const always = () => true
const never = () => false

/** A bounded memory; it starts afresh when it is full. */
const remembered = () => {
  const known = new Map<string, number>()
  return {
    get: (key: string) => known.get(key) ?? null,
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
  return {
    find: (text: string) => find.get({ text })?.id ?? null,
    add: (text: string, domainId: number | null) => mustHave(add.get({ text, domainId })?.id),
  }
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
  return {
    find: (ids: Ids) => find.get(ids)?.id ?? null,
    add: (ids: Ids) => mustHave(add.get(ids)?.id),
  }
}

const mustHave = (id: number | undefined): number => {
  if (id === undefined) throw new Error('the dictionary gave no id')
  return id
}
