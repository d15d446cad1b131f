export { itBehavesLikeALogger, type LoggerUnderTest } from './logger.contract.ts';
export { RecordingLogger, type LogLine } from './recording-logger.ts';
