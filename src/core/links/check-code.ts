import type { Store } from '../../store'
import type { Caller } from '../caller'
import type { CodeFlaw, codes } from './code'
import { accountOf, mustOwnDomain } from './create'

/** What can be said of a wanted code. */
export type CodeVerdict = CodeFlaw | 'taken' | 'free'

/**
 * Answers whether the caller could have a code on a domain at this moment. Faults: `key_missing`,
 * `input_invalid` for a domain that is not theirs.
 */
export const codeCheck =
  (store: Store, { flawOf }: ReturnType<typeof codes>) =>
  async (caller: Caller, domainId: string, code: string): Promise<CodeVerdict> => {
    await mustOwnDomain(store, accountOf(caller).id, { domainId })
    const taken = async () => (await store.links.byCode(domainId, code)) !== null
    return flawOf(code) ?? ((await taken()) ? 'taken' : 'free')
  }
