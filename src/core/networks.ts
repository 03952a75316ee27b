import ipaddr from 'ipaddr.js'
import { Fault } from './fault'

/** Most networks a key is bound to. */
const most = 100

/** Addresses and networks a key may be used from, in their shortest spelling. Fault: `input_invalid`. */
export const readNetworks = (texts: readonly string[]): string[] => {
  const read = texts.map((text) => shortest(text.trim()))
  if (texts.length > most || read.includes(null))
    throw new Fault('input_invalid', {
      field: 'allowedIps',
      reason: `must be at most ${most} addresses or CIDRs, like 203.0.113.7 or 2001:db8::/32`,
    })
  return [...new Set(read.filter((text) => text !== null))]
}

/** Whether an address lies in one of the networks; no networks at all allow every address. */
export const isWithin = (networks: readonly string[], address: string): boolean => {
  if (networks.length === 0) return true
  if (!ipaddr.isValid(address)) return false
  const asked = ipaddr.process(address)
  return networks.some((text) => {
    const network = parse(text)
    return network !== null && network[0].kind() === asked.kind() && asked.match(network)
  })
}

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** An address or CIDR in its usual spelling: none of the octal, hexadecimal or cut-short forms. */
const parse = (text: string): Network | null => {
  const [address = '', bits, ...rest] = text.split('/')
  const plain = ipaddr.IPv4.isValidFourPartDecimal(address) || isPlainIPv6(address)
  if (!plain || rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return null
  const parsed = ipaddr.parse(address)
  const most = parsed.kind() === 'ipv4' ? 32 : 128
  const length = bits === undefined ? most : Number(bits)
  return length > most ? null : unmapped([parsed, length])
}

const isPlainIPv6 = (address: string) =>
  address.includes(':') && !address.includes('%') && ipaddr.IPv6.isValid(address)

/** `::ffff:10.0.0.0/104` means `10.0.0.0/8`: addresses are compared in their IPv4 form. */
const unmapped = ([address, bits]: Network): Network => {
  const isMapped = address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= 96
  return isMapped ? [address.toIPv4Address(), bits - 96] : [address, bits]
}

const shortest = (text: string): string | null => {
  const network = parse(text)
  if (network === null) return null
  const [address, bits] = network
  const single = bits === (address.kind() === 'ipv4' ? 32 : 128)
  return single ? address.toString() : `${address}/${bits}`
}
