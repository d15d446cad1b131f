import { itBehavesLikeALogger } from './logger.contract.ts';
import { RecordingLogger } from './recording-logger.ts';

describe('RecordingLogger', () => {
  itBehavesLikeALogger(() => {
    const logger = new RecordingLogger();
    return { logger, lines: () => logger.lines };
  });
});
