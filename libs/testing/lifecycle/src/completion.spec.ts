import { expect } from 'chai';
import { AsyncTestBase } from './async-test-base.ts';
import { asMochaWould, messageOf } from './testing/as-mocha-would.ts';

type Job =
  { readonly state: 'running' } | { readonly state: 'stored'; readonly bytes: number } | { readonly state: 'failed' };

class JobTest extends AsyncTestBase {
  job: Job | undefined;

  /** Works for an hour of the test's time. */
  async work(end: Job): Promise<void> {
    await this.clock.sleep(1_800_000);
    this.job = { state: 'running' };
    await this.clock.sleep(1_800_000);
    this.job = end;
  }
}
const t = JobTest.install();

const stored = {
  what: 'the backup to be stored',
  done: (job: Job) => job.state === 'stored',
  failed: (job: Job) => job.state === 'failed',
};

describe('completion', () => {
  it(
    'answers the end of something that takes an hour of the test’s time',
    t.test(async (test) => {
      const working = test.work({ state: 'stored', bytes: 7 });

      const end = await test.completion({ ...stored, probe: () => test.job, within: 7_200_000 });

      expect(end).to.deep.equal({ state: 'stored', bytes: 7 });
      await working;
    }),
  );

  it(
    'knows by the type of `done` what the end is',
    t.test(async (test) => {
      test.job = { state: 'stored', bytes: 7 };

      const { bytes } = await test.completion({
        what: 'the backup to be stored',
        probe: () => test.job,
        done: (job: Job): job is Extract<Job, { state: 'stored' }> => job.state === 'stored',
      });

      expect(bytes).to.equal(7);
    }),
  );

  it('fails at once when it comes to another end', async () => {
    let stoppedAt: number | undefined;

    const outcome = await asMochaWould(t, async (test) => {
      const begun = test.clock.now().getTime();
      test.job = { state: 'failed' };
      await test.completion({ ...stored, probe: () => test.job }).finally(() => {
        stoppedAt = test.clock.now().getTime() - begun;
      });
    });

    expect(messageOf(outcome)).to.equal(
      "Waited for the backup to be stored, and it came to another end: { state: 'failed' }.",
    );
    expect(stoppedAt).to.equal(0);
  });

  it('gives up a probe that does not answer, when the time is up, and aborts its signal', async () => {
    let given: AbortSignal | undefined;
    const answers = [() => Promise.resolve({ state: 'running' } as const)];
    const probe = (signal: AbortSignal): Promise<Job> => {
      given = signal;
      return answers.shift()?.() ?? new Promise(() => {});
    };

    const outcome = await asMochaWould(t, ({ completion }) => completion({ ...stored, probe, within: 1_000 }));

    expect(messageOf(outcome)).to.equal(
      "Waited 1000 ms for the backup to be stored, and a look did not answer; the last answer was { state: 'running' }.",
    );
    expect(given?.aborted).to.equal(true);
  });

  it('says what it saw when the end does not come', async () => {
    const outcome = await asMochaWould(t, (test) => {
      test.job = { state: 'running' };
      return test.completion({ ...stored, probe: () => test.job, within: 1_000 });
    });

    expect(messageOf(outcome)).to.equal(
      "Waited 1000 ms for the backup to be stored; the last answer was { state: 'running' }.",
    );
  });
});
