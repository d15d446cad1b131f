import { contract, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { WorkerJournal, type OfAttempt, type WorkerEvent } from '../ports/worker-journal.ts';

export type WorkerJournalUnderTest = {
  readonly journal: WorkerJournal;
  /** How many events it has kept so far. */
  readonly kept: () => number;
};

const attempt: OfAttempt = { jobId: sequentialId(1), type: 'test.run', attempt: 1 };
const error = new Error('a defect');
const everyKind: { readonly [Kind in WorkerEvent['kind']]: Extract<WorkerEvent, { kind: Kind }> } = {
  AttemptBegan: { kind: 'AttemptBegan', ...attempt },
  JobSucceeded: { kind: 'JobSucceeded', ...attempt },
  AttemptFailed: { kind: 'AttemptFailed', ...attempt, reason: 'out of luck', retryInMs: 1_000 },
  JobFailed: { kind: 'JobFailed', ...attempt, reason: 'out of luck' },
  JobCancelled: { kind: 'JobCancelled', ...attempt },
  JobHandedBack: { kind: 'JobHandedBack', ...attempt },
  LeaseLost: { kind: 'LeaseLost', ...attempt },
  EndNotRecorded: { kind: 'EndNotRecorded', ...attempt, error },
  HandlerMissing: { kind: 'HandlerMissing', ...attempt },
  HandlerThrew: { kind: 'HandlerThrew', ...attempt, error },
  HandlerIgnoredAbort: { kind: 'HandlerIgnoredAbort', ...attempt },
  JobTakenFromWorker: { kind: 'JobTakenFromWorker', ...attempt },
  JobOutOfTime: { kind: 'JobOutOfTime', ...attempt },
  JobParked: { kind: 'JobParked', ...attempt },
  QueueFailed: { kind: 'QueueFailed', doing: 'claim', error, retryInMs: 1_000 },
};

/** What every {@link WorkerJournal} promises. */
export const workerJournalContract = contract(WorkerJournal, (open: () => WorkerJournalUnderTest) => {
  it('keeps every kind of event, at once', () => {
    const { journal, kept } = open();

    const counts = Object.values(everyKind).map((event) => {
      journal.record(event);
      return kept();
    });

    expect(counts).to.deep.equal(counts.map((_, index) => index + 1));
  });

  const thrown: Readonly<Record<string, unknown>> = {
    'a text': 'out of luck',
    nothing: undefined,
    null: null,
    'an error without a stack': Object.assign(new Error('a defect'), { stack: undefined }),
    'an error that is its own cause': itsOwnCause(),
    'an object without a prototype': Object.create(null),
  };
  for (const [what, value] of Object.entries(thrown)) {
    it(`keeps that a handler threw ${what}`, () => {
      const { journal, kept } = open();

      journal.record({ kind: 'HandlerThrew', ...attempt, error: value });

      expect(kept()).to.equal(1);
    });
  }
});

function itsOwnCause(): Error {
  const circle = new Error('a defect');
  circle.cause = circle;
  return circle;
}
