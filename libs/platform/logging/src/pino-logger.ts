import { pino, stdTimeFunctions, type DestinationStream, type Logger as Pino } from 'pino';
import { currentLogFields } from './log-context.ts';
import type { LogFields, Logger } from './logger.ts';
import { printableFields } from './printable.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** One JSON object a line: `level`, `time` in UTC, `message`, and the fields. */
export class PinoLogger implements Logger {
  readonly #pino: Pino;

  constructor(level: LogLevel, destination: DestinationStream) {
    this.#pino = pino(
      {
        level,
        base: null,
        messageKey: 'message',
        timestamp: stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
      },
      destination,
    );
  }

  debug(message: string, fields?: LogFields): void {
    this.#write('debug', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#write('info', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#write('warn', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#write('error', message, fields);
  }

  #write(level: LogLevel, message: string, fields?: LogFields): void {
    if (!this.#pino.isLevelEnabled(level)) return;
    this.#pino[level](printableFields({ ...currentLogFields(), ...fields }), message);
  }
}
