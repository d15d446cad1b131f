import type { JobsWithin } from '#scheduling/contracts';
import type { JobsUnderTest } from '#scheduling/contracts/testing';
import { leaseMs, oneClaim, type QueueUnderTest } from './queue-under-test.ts';

/** An engine that knows the type `test.run`, and a way to open transactions that `jobs` can join. */
export type EngineUnderTest = QueueUnderTest & {
  readonly jobs: JobsWithin;
  readonly inTransaction: JobsUnderTest['inTransaction'];
};

/** An engine as the other contexts meet it: whatever it is made of, it has to pass the suite of their contract. */
export function jobsOf({
  jobs,
  inTransaction,
  queue,
  reader,
  capacity,
  clock,
  signal,
}: EngineUnderTest): JobsUnderTest {
  return {
    jobs,
    capacity,
    inTransaction,
    signal,
    find: async (id) => {
      const job = await reader.find(id, signal);
      if (job === null) return null;
      const { type, payload, priority, dueAt, maxAttempts, timeoutMs, ...rest } = job;
      const { queueTimeoutMs, deadlineMs, heartbeatTimeoutMs, idempotencyKey } = rest;
      const limits = { queueTimeoutMs, deadlineMs, heartbeatTimeoutMs, idempotencyKey };
      const given = Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== null));
      return { type, payload, priority, dueAt, maxAttempts, timeoutMs, ...given };
    },
    count: async () => (await reader.page({ limit: 100 }, signal)).length,
    claim: async () => (await queue.claim({ ...oneClaim, limit: 1 }, signal))[0]?.lease ?? null,
    end: (lease) => queue.complete(lease, 'done', signal),
    takeBack: async ({ jobId }) => {
      await clock.advance(leaseMs);
      return (await queue.sweepExpired(10, signal)).some(({ id }) => id === jobId);
    },
  };
}
