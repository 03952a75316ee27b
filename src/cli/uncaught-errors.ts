import type { Log } from '../log'

/** An error that nobody caught is told and survived: other requests have nothing to do with it. */
export const surviveUncaughtErrors = (log: Pick<Log, 'error'>) => {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => log.error('nobody caught: {error}', { error }))
}
