import type { Json } from '#kernel';
import { currentLogFields } from '../log-context.ts';
import type { LogFields, Logger } from '../logger.ts';
import type { LogLevel } from '../pino-logger.ts';
import { printableFields } from '../printable.ts';

export type LogLine = {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, Json>>;
};

/** Keeps every line, as it would be printed, for a test to read. */
export class RecordingLogger implements Logger {
  readonly #lines: LogLine[] = [];

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  debug(message: string, fields?: LogFields): void {
    this.#keep('debug', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#keep('info', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#keep('warn', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#keep('error', message, fields);
  }

  #keep(level: LogLevel, message: string, fields?: LogFields): void {
    this.#lines.push({ level, message, fields: printableFields({ ...currentLogFields(), ...fields }) });
  }
}
