import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { runProgram, temporaryFolder } from '../program'

test('an error that nobody caught is told, and the process goes on', async () => {
  using folder = temporaryFolder()
  const script = join(folder.path, 'surprising.ts')
  const module = join(import.meta.dir, '../../src/cli/uncaught-errors')
  await Bun.write(
    script,
    `import { surviveUncaughtErrors } from ${JSON.stringify(module)}
    surviveUncaughtErrors({ error: (message, { error }) => console.log(message, error.message) })
    setTimeout(() => { throw new Error('in a timer') })
    Promise.reject(new Error('in a promise'))
    setTimeout(() => console.log('still here'), 50)`,
  )
  const { code, out } = await runProgram(['bun', script], { cwd: folder.path })
  expect(code).toBe(0)
  for (const line of ['nobody caught: {error} in a timer', 'in a promise', 'still here'])
    expect(out).toContain(line)
})
