import { contract } from '#kernel/testing';
import { JobQueue } from '../ports/job-queue.ts';
import { itAges } from './ageing.contract.ts';
import { itCancels } from './cancelling.contract.ts';
import { itClaims } from './claiming.contract.ts';
import { itEndsAttempts } from './ending.contract.ts';
import { itKeepsLeases } from './leases.contract.ts';
import { itLimitsTime } from './limits.contract.ts';
import { itPauses } from './pausing.contract.ts';
import { startQueue, type EngineFeature, type QueueUnderTest, type StartedQueue } from './queue-under-test.ts';
import { itRetries } from './retrying.contract.ts';
import { itKeepsToItsCapacity, itTakesIn } from './taking-in.contract.ts';

/** Makes an engine, and says what it does not offer. */
type OpenQueue = (() => QueueUnderTest) & { readonly lacks?: readonly EngineFeature[] };

/** What every `JobQueue` promises, whatever it is made of. What one does not offer is told by name, and not tested. */
export const jobQueueContract = contract(JobQueue, (open: OpenQueue) => {
  const start = () => startQueue(open());
  const unlessLacking = (feature: EngineFeature, tests: (start: () => StartedQueue) => void): void => {
    if (open.lacks?.includes(feature)) it(`does not offer ${feature}`, () => {});
    else describe(feature, () => tests(start));
  };

  describe('taking in', () => itTakesIn(start));
  describe('claiming', () => itClaims(start));
  describe('ending an attempt', () => itEndsAttempts(start));
  describe('leases', () => itKeepsLeases(start));
  describe('retrying', () => itRetries(start));
  unlessLacking('ageing', itAges);
  unlessLacking('cancelling', itCancels);
  unlessLacking('limits', itLimitsTime);
  unlessLacking('pausing', itPauses);
  unlessLacking('capacity', itKeepsToItsCapacity);
});
