import { contract } from '#kernel/testing';
import { JobQueue } from '../ports/job-queue.ts';
import { itClaims } from './claiming.contract.ts';
import { itEndsAttempts } from './ending.contract.ts';
import { itKeepsLeases } from './leases.contract.ts';
import { startQueue, type QueueUnderTest } from './queue-under-test.ts';

/** What every `JobQueue` promises, whatever it is made of. */
export const jobQueueContract = contract(JobQueue, (open: () => QueueUnderTest) => {
  const start = () => startQueue(open());

  describe('claiming', () => itClaims(start));
  describe('ending an attempt', () => itEndsAttempts(start));
  describe('leases', () => itKeepsLeases(start));
});
