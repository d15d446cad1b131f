import { RecordingLogger } from '#platform/logging/testing';
import { scheduleJournalContract } from '#scheduling/application/testing';
import { sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { LoggedScheduleJournal } from './logged-schedule-journal.ts';

describe('LoggedScheduleJournal', () => {
  scheduleJournalContract.holdsFor(LoggedScheduleJournal, () => {
    const logger = new RecordingLogger();
    return { journal: new LoggedScheduleJournal(logger), kept: () => logger.lines.length };
  });

  it('warns of a job that was not taken, and does not repeat what somebody wrote', () => {
    const logger = new RecordingLogger();
    const tick = new Date('2026-01-01T01:00:00Z');

    new LoggedScheduleJournal(logger).record({
      kind: 'JobNotTaken',
      scheduleId: sequentialId(1),
      name: 'nightly',
      tick,
      refusal: 'InvalidJob',
      reason: 'The payload "hunter2" is none.',
    });

    expect(logger.lines[0]).to.have.property('level', 'warn');
    expect(JSON.stringify(logger.lines)).to.include('InvalidJob').and.not.include('hunter2');
  });
});
