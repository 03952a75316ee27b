/** The backup thread: a copy of a large database takes seconds, in which redirects must go on. */
import { backUp } from './backup'
import { answerCalls } from './thread'

export type BackupVerbs = ReturnType<typeof verbs>

const verbs = ({ path }: { path: string }) => ({
  /** Writes a checked copy; returns its size in bytes. */
  backUp: (to: string): number => backUp(path, to),
})

answerCalls(verbs)
