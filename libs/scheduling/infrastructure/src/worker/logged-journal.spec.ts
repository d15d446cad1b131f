import { sequentialId } from '#kernel/testing';
import { RecordingLogger } from '#platform/logging/testing';
import { workerJournalContract } from '#scheduling/application/testing';
import { expect } from 'chai';
import { LoggedJournal } from './logged-journal.ts';

const attempt = { jobId: sequentialId<'Job'>(1), type: 'backup.run', attempt: 2 };

describe('LoggedJournal', () => {
  workerJournalContract.holdsFor(LoggedJournal, () => {
    const logger = new RecordingLogger();
    return { journal: new LoggedJournal(logger), kept: () => logger.lines.length };
  });

  it('raises an error for a job that is parked', () => {
    const logger = new RecordingLogger();

    new LoggedJournal(logger).record({ kind: 'JobParked', ...attempt });

    const [line] = logger.lines;
    expect(line).to.have.property('level', 'error');
    const fields = { jobId: attempt.jobId, jobType: 'backup.run', attempt: 2, code: 'JobParked' };
    expect(line).to.have.deep.property('fields', fields);
  });

  for (const event of [
    { kind: 'AttemptFailed', reason: 'The device rejects "password hunter2".', retryInMs: 1_000 },
    { kind: 'JobFailed', reason: 'The device rejects "password hunter2".' },
  ] as const) {
    it(`does not repeat what a device answered in ${event.kind}`, () => {
      const logger = new RecordingLogger();

      new LoggedJournal(logger).record({ ...event, ...attempt });

      const fields = { jobId: attempt.jobId, jobType: 'backup.run', attempt: 2, code: event.kind };
      expect(logger.lines[0]).to.have.deep.property('fields', fields);
      expect(JSON.stringify(logger.lines)).not.to.include('hunter2');
    });
  }

  it('says what failed when the queue cannot be used', () => {
    const logger = new RecordingLogger();
    const error = new Error('connection refused');

    new LoggedJournal(logger).record({ kind: 'QueueFailed', doing: 'claim', error, retryInMs: 100 });

    const [line] = logger.lines;
    expect(line).to.have.property('level', 'warn');
    expect(line?.fields).to.have.property('code', 'claim');
    expect(line?.fields['error']).to.have.property('message', 'connection refused');
  });
});
