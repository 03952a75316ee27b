import type { Library, LibraryNeeds } from './library'

/** Endpoints that need a provider, which may be slow or away. */
const ofProviders = /^\/(sign-in\/social|link-social|callback\/.*)$/

/**
 * The library as a request needs it, loaded when somebody first does: no redirect waits for it, and a
 * provider that does not answer holds up nobody but those who come by it.
 */
export const librariesOf = (needs: LibraryNeeds) => {
  const known = new Map<string, Promise<Library>>()

  return (https: boolean, path: string): Promise<Library> => {
    const withProviders = ofProviders.test(path)
    const name = `${https} ${withProviders}`
    const made = known.get(name) ?? load(needs, https, withProviders)
    known.set(name, made)
    return made
  }
}

async function load(needs: LibraryNeeds, https: boolean, withProviders: boolean) {
  // The passkey library's certificates need it while they load; a bundle would load it after them.
  await import('reflect-metadata')
  const { createLibrary } = await import('./library')
  return createLibrary(needs, https, withProviders)
}
