import type { Store } from '../store'
import type { CodeFlaw, codes } from './code'

/** What can be said of a wanted code. */
export type CodeVerdict = CodeFlaw | 'taken' | 'free'

/** Answers whether a code could be had on a domain at this moment. */
export const codeCheck =
  (store: Store, { flawOf }: ReturnType<typeof codes>) =>
  async (domainId: string, code: string): Promise<CodeVerdict> => {
    const taken = async () => (await store.links.byCode(domainId, code)) !== null
    return flawOf(code) ?? ((await taken()) ? 'taken' : 'free')
  }
