import ipaddr from 'ipaddr.js'
import type { Caller } from '../caller'
import type { Limit } from './limits'

/** Whose bucket a limit is taken from. All keys of an account share one, or making another key would buy more. */
export const payerOf = (
  by: Limit['by'],
  { address, account }: Pick<Caller, 'address' | 'account'>,
): string =>
  by !== 'address' && account !== null ? `account ${account.id}` : `address ${networkOf(address)}`

/** An IPv4 address, or the /64 network of an IPv6 one: a single household has that many addresses. */
export const networkOf = (address: string): string => {
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString()
}
