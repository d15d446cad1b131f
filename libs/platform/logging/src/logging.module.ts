import { ContainerModule } from 'inversify';
import { pino } from 'pino';
import { Logger } from './logger.ts';
import { PinoLogger, type LogLevel } from './pino-logger.ts';

const STDERR = 2;

/** Binds `Logger` to JSON lines on stderr; stdout belongs to what a command was asked to print. */
export function loggingModule({ level }: { level: LogLevel }): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(Logger)
      // Written at once, so that the last line before a crash is there.
      .toResolvedValue(() => new PinoLogger(level, pino.destination({ fd: STDERR, sync: true })), [])
      .inSingletonScope();
  });
}
