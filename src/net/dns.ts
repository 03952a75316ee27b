import { Resolver } from 'node:dns/promises'

/** How long an answer is waited for, in ms. */
const patience = 5000

/** A name's TXT records, each in one piece; none when there are none, or no server answers in time. */
export async function resolveTxt(name: string): Promise<string[]> {
  const resolver = new Resolver({ timeout: 2000, tries: 2 })
  const timer = setTimeout(() => resolver.cancel(), patience)
  try {
    return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''))
  } catch {
    return []
  } finally {
    clearTimeout(timer)
  }
}
