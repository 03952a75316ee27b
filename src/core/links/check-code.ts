import type { Caller } from '../caller'
import type { CoreContext } from '../context'
import type { CodeFlaw } from './code'
import { accountOf, mustOwnDomain } from './create'

/** What can be said of a wanted code. */
export type CodeVerdict = CodeFlaw | 'taken' | 'free'

/**
 * Returns whether the caller could have a code on a domain at this moment. Faults: `key_missing`,
 * `input_invalid` for a domain that is not theirs.
 */
export async function checkCode(
  { store, codes }: Pick<CoreContext, 'store' | 'codes'>,
  caller: Caller,
  domainId: string,
  code: string,
): Promise<CodeVerdict> {
  await mustOwnDomain(store, accountOf(caller).id, { domainId })
  const flaw = codes.flawOf(code)
  if (flaw !== null) return flaw
  return (await store.links.byCode(domainId, code)) === null ? 'free' : 'taken'
}
