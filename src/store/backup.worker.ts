/** The backup thread: a copy of a large database takes seconds, in which redirects must go on. */
import { backUp } from './backup'

declare const self: Worker

self.onmessage = ({ data: { from, to } }: MessageEvent<{ from: string; to: string }>) => {
  try {
    self.postMessage({ bytes: backUp(from, to) })
  } catch (error) {
    self.postMessage({ error: (error as Error).message })
  }
}
