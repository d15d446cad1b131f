export type { FieldName } from './field-names.ts';
export { withLogFields } from './log-context.ts';
export { Logger, type LogFields } from './logger.ts';
export { loggingModule } from './logging.module.ts';
export { LOG_LEVELS, PinoLogger, type LogLevel } from './pino-logger.ts';
