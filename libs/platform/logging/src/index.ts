export { Logger, type LogFields } from './logger.ts';
