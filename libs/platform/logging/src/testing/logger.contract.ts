import { Secret } from '#kernel';
import { contract } from '#kernel/testing';
import { expect } from 'chai';
import { withLogFields } from '../log-context.ts';
import { Logger, type LogFields } from '../logger.ts';
import type { LogLine } from './recording-logger.ts';

/** A logger under test, set to its most talkative level, and the lines it has written so far. */
export type LoggerUnderTest = { readonly logger: Logger; readonly lines: () => readonly LogLine[] };

/** What every {@link Logger} promises. */
export const loggerContract = contract(Logger, (open: () => LoggerUnderTest) => {
  const logged = (fields: object): LogLine['fields'] | undefined => {
    const { logger, lines } = open();
    logger.info('it happened', fields as LogFields);
    return lines()[0]?.fields;
  };

  it('writes a line of each level, in order', () => {
    const { logger, lines } = open();

    logger.debug('a');
    logger.info('b', { count: 1 });
    logger.warn('c');
    logger.error('d');

    expect(lines()).to.deep.equal([
      { level: 'debug', message: 'a', fields: {} },
      { level: 'info', message: 'b', fields: { count: 1 } },
      { level: 'warn', message: 'c', fields: {} },
      { level: 'error', message: 'd', fields: {} },
    ]);
  });

  it('takes the message as it is', () => {
    const { logger, lines } = open();

    logger.info('100 %s done\nand "more" \u0007');

    expect(lines()[0]?.message).to.equal('100 %s done\nand "more" \u0007');
  });

  it('writes times in UTC and leaves out what is undefined', () => {
    expect(logged({ dueAt: new Date('2026-03-04T05:06:07+02:00'), reason: undefined })).to.deep.equal({
      dueAt: '2026-03-04T03:06:07.000Z',
    });
  });

  it('withholds the value of a field that is not listed', () => {
    expect(logged({ passphrase: 'hunter2', count: 1 })).to.deep.equal({ passphrase: '[not listed]', count: 1 });
  });

  it('never writes a secret, however deep it sits', () => {
    const secret = new Secret('hunter2');

    expect(logged({ reason: secret, problems: [{ at: secret }] })).to.deep.equal({
      reason: '[redacted]',
      problems: [{ at: '[redacted]' }],
    });
  });

  it('writes an error with its causes, without the statement and the parameters that a driver puts on it', () => {
    const cause = Object.assign(new Error('duplicate key'), { code: '23505', parameters: ['hunter2'] });

    const fields = logged({ error: new TypeError('not stored', { cause }) });

    expect(fields).to.have.nested.property('error.name', 'TypeError');
    expect(fields).to.have.nested.property('error.message', 'not stored');
    expect(fields).to.have.nested.property('error.stack').that.includes('logger.contract.ts');
    expect(fields).to.have.nested.property('error.cause.code', '23505');
    expect(JSON.stringify(fields)).not.to.include('hunter2');
  });

  it('limits how long and how deep a value can be', () => {
    const endless: unknown[] = [];
    endless.push(endless);

    const size = JSON.stringify(logged({ reason: 'x'.repeat(1_000_000), problems: endless })).length;

    expect(size).to.be.below(10_000);
  });

  it('never throws, whatever the value', () => {
    const trap = {
      get boom(): never {
        throw new Error('boom');
      },
    };

    expect(logged({ reason: trap, count: 7n, bytes: Number.NaN, dueAt: new Date(Number.NaN) })).to.deep.equal({
      reason: '[unprintable]',
      count: '7',
      bytes: 'NaN',
      dueAt: '[unprintable]',
    });
  });

  it('adds the fields of the work that is going on, across awaits and no further', async () => {
    const { logger, lines } = open();
    const work = (jobId: string): Promise<void> =>
      withLogFields({ jobId }, async () => {
        await Promise.resolve();
        withLogFields({ attempt: 2 }, () => logger.info('inside', { count: 1 }));
      });

    await Promise.all([work('one'), work('two')]);
    logger.info('outside');

    expect(lines().map(({ fields }) => fields)).to.deep.equal([
      { jobId: 'one', attempt: 2, count: 1 },
      { jobId: 'two', attempt: 2, count: 1 },
      {},
    ]);
  });
});
