/** The backup thread: a copy of a large database takes seconds, in which redirects must go on. */
import { backUp } from './backup'
import { verifyFile } from './inspect'
import { answerCalls } from './thread'

export type BackupVerbs = ReturnType<typeof verbs>

const verbs = ({ path }: { path: string }) => ({
  /** Writes a copy and reads it through; answers its size in bytes. */
  backUp: (to: string): number => {
    const bytes = backUp(path, to)
    const [problem] = verifyFile(to)
    if (problem !== undefined) throw new Error(`the copy is not sound: ${problem}`)
    return bytes
  },
})

answerCalls(verbs)
