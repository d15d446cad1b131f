export { loggerContract, type LoggerUnderTest } from './logger.contract.ts';
export { RecordingLogger, type LogLine } from './recording-logger.ts';
