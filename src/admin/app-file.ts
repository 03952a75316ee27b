/** The ways a file of the app can be sent, the smallest first. */
export const encodings = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof encodings)[number]

/** A file of the app; its name changes with its content. */
export type AppFile = { type: string; bodies: Record<Encoding, Blob> }

/** The built app: its files by name, and which of them a page starts with, the entry first. */
export type App = {
  scripts: readonly string[]
  style: string
  files: ReadonlyMap<string, AppFile>
}
