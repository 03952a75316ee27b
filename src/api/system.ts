import type { Caller } from '../core'

/** How the program is doing. */
export type SystemStatus = {
  version: string
  runtime: string
  startedAt: Date
  uptimeSeconds: number
  healthy: boolean
  memoryBytes: number
  database: { folder: string; bytes: number; logBytes: number }
  clicks: { waiting: number; dropped: number; stored: number; storing: boolean }
  countryData: string
  limitsEnforced: boolean
  /** `untrusted`: the private peer that sent forwarding headers although nobody trusts it */
  proxies: { trusted: string[]; untrusted: string | null }
}

/** What administrators may ask of the program around the dialects. */
export type System = {
  figures: (caller: Caller) => Promise<SystemStatus>
  /** the bytes of a consistent copy of the database */
  backUp: (caller: Caller) => Promise<ReadableStream<Uint8Array>>
}
