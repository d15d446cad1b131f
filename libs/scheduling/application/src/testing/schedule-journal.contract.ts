import { contract, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { ScheduleJournal, type ScheduleEvent } from '../schedules/ports/schedule-journal.ts';

export type ScheduleJournalUnderTest = {
  readonly journal: ScheduleJournal;
  /** How many events it has kept. */
  readonly kept: () => number;
};

const schedule = { scheduleId: sequentialId<'Schedule'>(1), name: 'every hour' };
const [from, until] = [new Date('2026-01-01T01:00:00Z'), new Date('2026-01-01T03:00:00Z')];

const events: readonly ScheduleEvent[] = [
  { kind: 'ScheduleRan', ...schedule, tick: from, jobId: sequentialId(2) },
  { kind: 'TicksMissed', ...schedule, from, until },
  { kind: 'JobNotTaken', ...schedule, tick: from, refusal: 'QueueFull', reason: 'The queue is full.' },
];

/** What every {@link ScheduleJournal} promises. */
export const scheduleJournalContract = contract(ScheduleJournal, (open: () => ScheduleJournalUnderTest) => {
  for (const event of events) {
    it(`keeps ${event.kind}`, () => {
      const { journal, kept } = open();

      journal.record(event);

      expect(kept()).to.equal(1);
    });
  }
});
