import { runningTest, type RunningTest } from '#testing/runtime';
import { expect } from 'chai';
import { AsyncTestBase } from './async-test-base.ts';
import { TrialStopped } from './trials.ts';

const ended: string[] = [];

class TrialTest extends AsyncTestBase {
  readonly number = ended.length;

  protected override setUp(): void {
    this.defer(() => void ended.push(`${this.number} ended`), 'the end');
  }
}
const t = TrialTest.install();

describe('Trials', () => {
  it(
    'have an object, a test and an end each',
    t.trials(
      async ({ run }) => {
        ended.length = 0;
        const tests = new Set<RunningTest | undefined>();
        for (const _ of [1, 2])
          await run(({ number }) => void (tests.add(runningTest()), ended.push(`${number} runs`)));

        expect(ended).to.deep.equal(['0 runs', '0 ended', '2 runs', '2 ended']);
        expect(tests.size).to.equal(2);
      },
      { within: 2_000 },
    ),
  );

  it(
    'reject with what failed them, and with what they left to fail, and go on',
    t.trials(
      async ({ run }) => {
        const failures: unknown[] = [];
        const note = (error: unknown): void => void failures.push((error as Error).message);
        await run(() => Promise.reject(new Error('the body'))).catch(note);
        await run(() =>
          queueMicrotask(() => {
            throw new Error('nobody waits for it');
          }),
        ).catch(note);
        await run(() => {});

        expect(failures).to.deep.equal(['the body', 'nobody waits for it']);
      },
      { within: 2_000 },
    ),
  );

  it(
    'that are stopped on purpose tell their clean-ups of no failure',
    t.trials(
      async ({ run }) => {
        const failed: boolean[] = [];
        const stopped = new TrialStopped('of no use');
        const thrown = await run(({ defer }) => {
          defer((outcome) => void failed.push(outcome.failed));
          throw stopped;
        }).catch((error: unknown) => error);

        expect(thrown).to.equal(stopped);
        expect(failed).to.deep.equal([false]);
      },
      { within: 2_000 },
    ),
  );

  it(
    'abort together when their time is up',
    t.trials(
      async ({ run, signal }) => {
        const reason = await run(
          ({ signal: own }) => new Promise((_, reject) => own.addEventListener('abort', () => reject(own.reason))),
        ).catch((error: unknown) => error);

        expect(signal.aborted).to.equal(true);
        expect(reason).to.equal(signal.reason);
      },
      { within: 100 },
    ),
  );
});
