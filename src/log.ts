import {
  configure,
  getJsonLinesFormatter,
  getLogger,
  getTextFormatter,
  type LogLevel,
} from '@logtape/logtape'
import { cleanValue } from './clean-text'

/** What the program says to its operator; whatever properties hold, no secret of theirs is written. */
export type Log = {
  [Level in 'debug' | 'info' | 'warning' | 'error']: (
    message: string,
    properties?: Record<string, unknown>,
  ) => void
}

type Level = keyof Log

/** Makes a log that hands every line on, its properties cleaned. */
export const createLog = (
  write: (level: Level, message: string, properties: Record<string, unknown>) => void,
): Log => {
  const at =
    (level: Level) =>
    (message: string, properties: Record<string, unknown> = {}) =>
      write(
        level,
        message,
        Object.fromEntries(
          Object.entries(properties).map(([name, one]) => [name, cleanValue(one)]),
        ),
      )
  return { debug: at('debug'), info: at('info'), warning: at('warning'), error: at('error') }
}

/** Sends the log to standard error, one line (or one JSON object) a record. */
export async function startLog(level: LogLevel, format: 'text' | 'json'): Promise<Log> {
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
  return createLog((level, message, properties) => logger[level](message, properties))
}
