/** How often a line or bar is renewed, in ms. */
const pace = { terminal: 100, pipe: 5000 }

/** Shows how far long work has come; nothing of it goes to standard output. */
export type Progress = { at: (done: number) => void; end: (sentence: string) => void }

/**
 * A bar on a terminal, now and then a plain line in a pipe; both on standard error. `total` is null when
 * nobody knows how much there is.
 */
export const startProgress = (
  what: string,
  total: number | null,
  out: { isTTY?: boolean; write: (text: string) => unknown } = process.stderr,
  clock: () => number = () => performance.now(),
): Progress => {
  let shown = clock()
  const show = (done: number) => {
    if (out.isTTY) out.write(`\r\x1b[K${bar(done, total)} ${what}`)
    else out.write(`${what}: ${total === null ? done : `${done} of ${total}`}\n`)
  }
  return {
    at: (done) => {
      if (clock() - shown < (out.isTTY ? pace.terminal : pace.pipe)) return
      shown = clock()
      show(done)
    },
    end: (sentence) => out.write(`${out.isTTY ? '\r\x1b[K' : ''}${sentence}\n`),
  }
}

const width = 24

const bar = (done: number, total: number | null) => {
  if (total === null || total === 0) return `${done}`
  const share = Math.min(1, done / total)
  const full = Math.round(share * width)
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.floor(share * 100)} %`
}

/** A size as people write it. */
export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
