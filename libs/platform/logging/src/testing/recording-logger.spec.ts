import { loggerContract } from './logger.contract.ts';
import { RecordingLogger } from './recording-logger.ts';

loggerContract.holdsFor(RecordingLogger, () => {
  const logger = new RecordingLogger();
  return { logger, lines: () => logger.lines };
});
