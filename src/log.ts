import {
  configure,
  getJsonLinesFormatter,
  getLogger,
  getTextFormatter,
  type LogLevel,
} from '@logtape/logtape'

/** What the program says to its operator; properties never hold keys, addresses or query strings. */
export type Log = {
  [Level in 'debug' | 'info' | 'warning' | 'error']: (
    message: string,
    properties?: Record<string, unknown>,
  ) => void
}

/** Sends the log to standard error, one line (or one JSON object) a record. */
export const startLog = async (level: LogLevel, format: 'text' | 'json'): Promise<Log> => {
  const formatter =
    format === 'json'
      ? getJsonLinesFormatter({ message: 'template' })
      : getTextFormatter({ timestamp: 'time' })
  const write = (line: string) => void process.stderr.write(line)
  await configure({
    reset: true,
    sinks: { stderr: (record) => write(formatter(record)) },
    loggers: [
      { category: 'snug', lowestLevel: level, sinks: ['stderr'] },
      { category: ['logtape', 'meta'], lowestLevel: 'error', sinks: ['stderr'] },
    ],
  })
  const logger = getLogger('snug')
  return {
    debug: (message, properties) => logger.debug(message, properties ?? {}),
    info: (message, properties) => logger.info(message, properties ?? {}),
    warning: (message, properties) => logger.warning(message, properties ?? {}),
    error: (message, properties) => logger.error(message, properties ?? {}),
  }
}
