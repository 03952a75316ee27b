import type { Store } from '../store'
import type { Caller } from './caller'
import type { CodeFlaw, codes } from './code'
import { accountOf } from './links'

/** What can be said of a wanted code. */
export type CodeVerdict = CodeFlaw | 'taken' | 'free'

/** Answers whether a code could be had on a domain at this moment. Fault: `key_missing`. */
export const codeCheck =
  (store: Store, { flawOf }: ReturnType<typeof codes>) =>
  async (caller: Caller, domainId: string, code: string): Promise<CodeVerdict> => {
    accountOf(caller)
    const taken = async () => (await store.links.byCode(domainId, code)) !== null
    return flawOf(code) ?? ((await taken()) ? 'taken' : 'free')
  }
