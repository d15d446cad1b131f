import { sequentialId } from '#kernel/testing';
import { RecordingLogger } from '#platform/logging/testing';
import { expect } from 'chai';
import { LoggedJournal } from './logged-journal.ts';

const attempt = { jobId: sequentialId<'Job'>(1), type: 'backup.run', attempt: 2 };

describe('LoggedJournal', () => {
  it('raises an error for a job that is parked', () => {
    const logger = new RecordingLogger();

    new LoggedJournal(logger).record({ kind: 'JobParked', ...attempt });

    const [line] = logger.lines;
    expect(line).to.have.property('level', 'error');
    expect(line).to.have.deep.property('fields', { jobId: attempt.jobId, jobType: 'backup.run', attempt: 2 });
  });

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
