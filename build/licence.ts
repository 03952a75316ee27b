/** What a package's manifest may say about its licence, in today's form and in those of earlier days. */
export type Licensed = {
  name: string
  version: string
  license?: unknown
  licenses?: unknown
}

/** Licences that would bind whoever passes the program on. */
const binding = /\b(A?GPL|SSPL|BUSL|Commons-Clause)/i

/** Words that allow nothing, or leave it to a file that nobody reads here. */
const silent = /^(unknown|none|unlicensed|proprietary|see licen[cs]e in \S+|)$/i

/** Returns the licence that a manifest names, '' when it names none. */
export const licenceOf = ({ license, licenses }: Licensed): string => {
  const named = [license ?? licenses ?? []].flat().map(nameOf).filter(Boolean).join(' OR ')
  return silent.test(named) ? '' : named
}

/** Returns why a package must not be part of the program; null when it may. */
export const objectionTo = (manifest: Licensed): string | null => {
  const licence = licenceOf(manifest)
  const who = `${manifest.name}@${manifest.version}`
  if (licence === '') return `${who} names no licence: nobody may pass it on`
  // an alternative that is free of conditions is enough
  const isFree = licence.split(/ OR /i).some((choice) => !binding.test(choice))
  return isFree ? null : `${who}: ${licence}`
}

const nameOf = (one: unknown): string => {
  const text = typeof one === 'object' && one !== null ? (one as { type?: unknown }).type : one
  return typeof text === 'string' ? text.trim() : ''
}
