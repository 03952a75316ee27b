import type { Config } from '../config'
import type { Core } from '../core'

/**
 * What a server without an administrator does at its start: makes the one that the options name, else
 * prints the link by which somebody becomes it. Each start prints another link; only the last one works.
 */
export const firstRun = async ({ accounts }: Core, config: Config, origin: string) => {
  const { adminEmail, adminPassword } = config
  if (adminEmail !== null && adminPassword !== null) {
    if (await accounts.makeFirstAdmin(adminEmail, adminPassword))
      console.log(`The administrator is ${adminEmail}.`)
    return
  }
  const token = await accounts.beginSetUp()
  if (token === null) return
  const base = config.baseUrl ?? origin
  console.log(`There is no administrator yet. Become it at ${base}/setup?token=${token}`)
}
