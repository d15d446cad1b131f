import { sequentialId } from '#kernel/testing';
import { LeaseLost, type Lease } from '#scheduling/contracts';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import type { JobQueue } from '../ports/job-queue.ts';
import { LeaseKeeper } from './lease-keeper.ts';

const lease: Lease = { jobId: sequentialId<'Job'>(1), token: 1 };
const leaseMs = 15_000;

class LeaseTest extends AsyncTestBase {
  /** The second at which each heartbeat came. */
  readonly seconds: number[] = [];
  readonly #granted = new AbortController();

  /** Keeps a lease by heartbeats that `answer` answers, until the test ends. */
  async keep(answer: (until: AbortSignal) => Promise<void>): Promise<LeaseKeeper> {
    const { clock, seconds } = this;
    const beganAt = clock.now().getTime();
    const heartbeat: JobQueue['heartbeat'] = (_lease, _leaseMs, until) => {
      seconds.push((clock.now().getTime() - beganAt) / 1_000);
      return answer(until).then(() => ({ isToBeCancelled: false }));
    };
    const parts = { queue: { heartbeat } as JobQueue, clock, leaseMs, granted: this.#granted.signal };
    return this.use(new LeaseKeeper(lease, parts));
  }

  endGrant(): void {
    this.#granted.abort();
  }
}

/** Answers the first heartbeat, and leaves the others to `then`. */
function once(then: () => Promise<void>): () => Promise<void> {
  let isFirst = true;
  return () => {
    if (!isFirst) return then();
    isFirst = false;
    return Promise.resolve();
  };
}

const t = LeaseTest.install();

describe('LeaseKeeper', () => {
  it(
    'beats three times in the time of a lease',
    t.test(async ({ keep, clock, seconds }) => {
      const keeper = await keep(async () => {});

      await clock.advance(30_000);

      expect(seconds).to.deep.equal([5, 10, 15, 20, 25, 30]);
      expect(keeper.lost.aborted).to.equal(false);
    }),
  );

  it(
    'beats sooner after a heartbeat that failed, until one is answered',
    t.test(async ({ keep, clock, seconds }) => {
      const answers = [false, false, true];
      const keeper = await keep(async () => {
        if (answers.shift() === false) throw new Error('connection refused');
      });

      await clock.advance(14_000);

      expect(seconds).to.deep.equal([5, 6.5, 8, 13]);
      expect(keeper.lost.aborted).to.equal(false);
    }),
  );

  it(
    'waits a third of the lease for an answer, and leaves time for another heartbeat',
    t.test(async ({ keep, clock, seconds }) => {
      const silence = Promise.withResolvers<never>();
      const untils: AbortSignal[] = [];
      const keeper = await keep((until) => {
        untils.push(until);
        return untils.length === 1 ? silence.promise : Promise.resolve();
      });

      await clock.advance(9_999);
      const before = untils[0]?.aborted;
      await clock.advance(1_501);

      expect([before, untils[0]?.aborted]).to.deep.equal([false, true]);
      expect(seconds).to.deep.equal([5, 11.5]);
      expect(keeper.lost.aborted).to.equal(false);
    }),
  );

  it(
    'says that the lease is lost when it is over without an answer',
    t.test(async ({ keep, clock, endGrant }) => {
      const keeper = await keep(once(() => new Promise(() => {})));
      await clock.advance(5_000);
      endGrant();

      await clock.advance(leaseMs - 1);
      const before = keeper.lost.aborted;
      await clock.advance(1);

      expect(before).to.equal(false);
      expect(keeper.lost.reason).to.be.instanceOf(LeaseLost);
    }),
  );

  it(
    'says so when the lease of the claim is over before any heartbeat was answered',
    t.test(async ({ keep, clock, endGrant }) => {
      const keeper = await keep(() => new Promise(() => {}));
      await clock.advance(6_000);

      endGrant();
      await clock.advance(0);

      expect(keeper.lost.reason).to.be.instanceOf(LeaseLost);
    }),
  );

  it(
    'ends at once, though a heartbeat is never answered',
    t.test(async ({ keep, clock }) => {
      const keeper = await keep(() => new Promise(() => {}));
      await clock.advance(6_000);

      await keeper[Symbol.asyncDispose]();

      expect(keeper.lost.aborted).to.equal(false);
      expect(clock.waiting).to.equal(0);
    }),
  );
});
