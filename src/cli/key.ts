import { provedAccountOf, unproved } from './account'
import type { CliCommand } from './command'
import { withDataFolder } from './with-data-folder'

/** `snug key create`: a key for an account. */
export const keyCreate: CliCommand = {
  usage: 'key create <email>',
  summary: 'make a key for an account and print it, this once',
  options: [{ flags: '--name <name>', means: 'what the key is for' }, unproved],
  run: (given) =>
    withDataFolder(async ({ core }) => {
      const account = await provedAccountOf(core, given)
      const { secret } = await core.keys.mint(account, { name: given.text('name') ?? '' })
      console.log(secret)
      return 0
    }),
}

/** `snug key revoke`: ends a key, whoever holds it. */
export const keyRevoke: CliCommand = {
  usage: 'key revoke <mask>',
  summary: 'revoke a key by its mask (sk_1a2b3c4d_wxyz), or by the key itself',
  run: ({ args: [key = ''] }) =>
    withDataFolder(async ({ core }) => {
      const { id, mask, name } = await core.keys.revoke(key)
      console.log([id, mask, name, 'revoked'].join('\t'))
      return 0
    }),
}
