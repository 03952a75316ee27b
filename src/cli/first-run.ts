import type { Config } from '../config'
import type { Core } from '../core'

/**
 * What a server without an administrator does before it listens: makes the one that the options name,
 * else a token for whoever becomes it. Answers what the terminal says of that, once the origin is known.
 * Each start makes another token; only the last one works.
 */
export async function firstRun(
  { accounts }: Core,
  { adminEmail, adminPassword, baseUrl }: Config,
): Promise<(origin: string) => string | null> {
  if (adminEmail !== null && adminPassword !== null) {
    const made = await accounts.makeFirstAdmin(adminEmail, adminPassword)
    return () => (made ? `The administrator is ${adminEmail}.` : null)
  }
  const token = await accounts.beginSetUp()
  if (token === null) return () => null
  return (origin) =>
    `There is no administrator yet. Become it at ${baseUrl ?? origin}/setup?token=${token}`
}
