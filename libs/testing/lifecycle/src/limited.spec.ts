import { expect } from 'chai';
import { AsyncTestBase } from './async-test-base.ts';
import { callSite, openCall, runningTest } from '#testing/runtime';
import { asMochaWould } from './testing/as-mocha-would.ts';

/** Asks devices, and has as many places as it has visitors at once. */
class Collector {
  readonly #pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  busy = 0;

  constructor(pause: (milliseconds: number, signal: AbortSignal) => Promise<void>) {
    this.#pause = pause;
  }

  async collect(milliseconds: number, signal: AbortSignal): Promise<string> {
    this.busy += 1;
    try {
      await this.#pause(milliseconds, signal);
      return 'hostname r1';
    } finally {
      this.busy -= 1;
    }
  }
}

class CollectorTest extends AsyncTestBase {
  protected override readonly graceMs = 20;
  readonly collector = new Collector((milliseconds, signal) => this.clock.sleep(milliseconds, signal));
}
const t = CollectorTest.install();

describe('An operation with a limit', () => {
  it(
    'is done when it is quick',
    t.test(async ({ limit, collector }) => {
      const outcome = await limit(1_000, (signal) => collector.collect(999, signal));

      expect(outcome).to.deep.equal({ kind: 'done', value: 'hostname r1' });
    }),
  );

  it(
    'times out when it is slow, takes no real time for it, and the service works afterwards',
    t.test(async ({ limit, collector }) => {
      const slow = await limit(3_600_000, (signal) => collector.collect(7_200_000, signal));
      const next = await limit(1_000, (signal) => collector.collect(10, signal));

      expect(slow.kind).to.equal('timed out');
      expect(next).to.deep.equal({ kind: 'done', value: 'hostname r1' });
      expect(collector.busy).to.equal(0);
    }),
  );

  it(
    'is told from one that does not honour the abort, with what that waits for',
    t.test(async ({ limit }) => {
      const deaf = (): Promise<never> => {
        openCall({ what: 'ConfigSource.collect', site: callSite(), test: runningTest() });
        return new Promise(() => {});
      };

      const outcome = await limit(1_000, deaf);

      if (outcome.kind !== 'ignored the abort') throw new Error(outcome.kind);
      expect(outcome.inFlight.join()).to.include('ConfigSource.collect at ').and.include('limited.spec.ts');
    }),
  );

  it(
    'is told from one that comes to a value all the same',
    t.test(async ({ limit, clock }) => {
      const outcome = await limit(1_000, async () => {
        await clock.sleep(1_005);
        return 'late';
      });

      expect(outcome).to.deep.equal({ kind: 'answered late', value: 'late' });
    }),
  );

  it('fails with its own failure', async () => {
    const refused = new Error('connection refused');

    const outcome = await asMochaWould(t, ({ limit }) => limit(1_000, () => Promise.reject(refused)));

    expect(outcome).to.equal(refused);
  });

  it('ends with the test when that is stopped first, as virtual time waits for what is real', async () => {
    const outcome = await asMochaWould(
      t,
      ({ limit, eventually }) => limit(1, () => eventually({ what: 'a process', probe: () => null })),
      50,
    );

    expect((outcome as Error).message).to.equal('The test was stopped after 40 ms.');
  });
});
