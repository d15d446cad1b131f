import { expect } from 'chai';
import { PinoLogger, type LogLevel } from './pino-logger.ts';
import { loggerContract } from './testing/logger.contract.ts';
import type { LogLine } from './testing/recording-logger.ts';

type Written = { level: LogLevel; time: string; message: string };

function open(level: LogLevel = 'debug'): { logger: PinoLogger; written: string[] } {
  const written: string[] = [];
  return { logger: new PinoLogger(level, { write: (line) => written.push(line) }), written };
}

function asLogLine(line: string): LogLine {
  const { level, time: _, message, ...fields } = JSON.parse(line) as Written & LogLine['fields'];
  return { level, message, fields };
}

describe('PinoLogger', () => {
  loggerContract.holdsFor(PinoLogger, () => {
    const { logger, written } = open();
    return { logger, lines: () => written.map(asLogLine) };
  });

  it('writes one line of JSON with the time in UTC', () => {
    const { logger, written } = open();

    logger.info('first\nsecond');

    expect(written).to.have.length(1);
    expect(written[0]).to.match(/^\{"level":"info","time":"\d{4}-\d\d-\d\dT[\d:.]+Z","message":"first\\nsecond"\}\n$/);
  });

  it('leaves out what is below its level', () => {
    const { logger, written } = open('warn');

    logger.info('quiet');
    logger.warn('loud');

    expect(written.map(asLogLine)).to.deep.equal([{ level: 'warn', message: 'loud', fields: {} }]);
  });
});
