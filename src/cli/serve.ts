import { createApp } from '../app'
import type { Config } from '../config'
import { startJobs } from '../jobs'
import { type Log, startLog } from '../log'
import { lockFolder, openStore } from '../store'
import type { CliCommand } from './command'
import { openDataFolder, readSecret } from './data-folder'
import { firstRun } from './first-run'
import { readOptions } from './options'
import { clock, random } from './system-clock'
import { surviveUncaughtErrors } from './uncaught-errors'
import { reportFailure } from './with-data-folder'

/** `snug serve`, the default: listens until it is told to stop. */
export const serve: CliCommand = {
  usage: 'serve',
  summary: 'answer requests until SIGTERM or SIGINT (the default)',
  async run() {
    const config = readOptions()
    if (config === null) return 2
    return reportFailure(async () => {
      await listen(config)
      return 0
    })
  },
}

/** Serves until a signal came and everything is stored. */
async function listen(config: Config) {
  const format = config.logFormat ?? (process.stderr.isTTY ? 'text' : 'json')
  const log = await startLog(config.logLevel, format)
  const stopping = stopSignal()
  surviveUncaughtErrors(log)
  const folder = openDataFolder(config)
  const lock = lockFolder(config.dataDir)
  try {
    await serveFrom(folder, config, log, stopping)
  } finally {
    lock.release()
  }
}

async function serveFrom(
  { database, geoipDb }: ReturnType<typeof openDataFolder>,
  config: Config,
  log: Log,
  stopping: Promise<void>,
) {
  const store = openStore(database, { ...config, serving: true })
  const secret = readSecret(config)
  const app = await createApp({ config: { ...config, geoipDb }, store, clock, random, secret, log })
  const aboutFirst = await firstRun(app.core, config)
  app.server.listen({ port: config.port, hostname: config.host })
  const { hostname, port } = app.server.server ?? {}
  const origin = `http://${hostname === '0.0.0.0' ? 'localhost' : hostname}:${port}`
  console.log(`snug is listening at ${origin}`)
  const open = app.core.settings.inForce.public ? 'may' : 'may not'
  console.log(`Strangers ${open} make links (SNUG_PUBLIC). Data: ${config.dataDir}`)
  const first = aboutFirst(origin)
  if (first !== null) console.log(first)
  const stopJobs = startJobs(app.jobs, (job, error) =>
    log.warning('the job «{job}» failed: {error}', { job, error: String(error) }),
  )
  const stopBackups = scheduleBackups(app.backUp, config.backupSchedule, log)
  await stopping
  stopJobs()
  stopBackups()
  app.hangUp()
  await finish(app.server.server)
  await app.close()
}

const scheduleBackups = (
  backUp: () => Promise<{ path: string; bytes: number }>,
  schedule: string | null,
  log: Log,
): (() => void) => {
  if (schedule === null) return () => {}
  const job = Bun.cron(schedule, async () => {
    await backUp().then(
      ({ path, bytes }) => log.info('backup {path}, {bytes} bytes', { path, bytes }),
      (error) => log.error('the scheduled backup failed: {error}', { error: String(error) }),
    )
  })
  return () => void job.stop()
}

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. */
const stopSignal = () =>
  new Promise<void>((resolve) => {
    let asked = false
    const stop = () => {
      if (asked) process.exit(1)
      asked = true
      resolve()
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  })

/** How long requests under way may take once the server stops, in ms. */
const grace = 3000

/** Accepts nothing new and lets requests under way finish; then cuts off what is left. */
async function finish(server: Bun.Server<unknown> | null) {
  if (server === null) return
  void server.stop() // its promise also waits for idle connections, which may stay open for long
  for (let waited = 0; server.pendingRequests > 0 && waited < grace; waited += 10)
    await Bun.sleep(10)
  await Promise.race([server.stop(true), Bun.sleep(100)])
}
