/** The backup thread: a copy of a large database takes seconds, in which redirects must go on. */
import { backUp } from './backup'
import { verifyFile } from './inspect'

declare const self: Worker

self.onmessage = ({ data: { from, to } }: MessageEvent<{ from: string; to: string }>) => {
  try {
    const bytes = backUp(from, to)
    const [problem] = verifyFile(to)
    self.postMessage(
      problem === undefined ? { bytes } : { error: `the copy is not sound: ${problem}` },
    )
  } catch (error) {
    self.postMessage({ error: (error as Error).message })
  }
}
