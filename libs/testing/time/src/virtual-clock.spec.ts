import { expect } from 'chai';
import { randomBytes, scrypt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as realSleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { clockContract } from '#kernel/testing';
import { callSite, inTest, openCall, runningTest, RunningTest } from '#testing/runtime';
import { trackActivity } from './activity-sources.ts';
import { Deadlock } from './deadlock.ts';
import { VirtualClock } from './virtual-clock.ts';

const HOUR = 3_600_000;

const failureOf = (work: Promise<unknown>): Promise<Deadlock> =>
  work.then(
    (value) => expect.fail(`it came to ${String(value)}`),
    (error: Deadlock) => error,
  );

// The types know it only where there is a browser.
const { WebAssembly } = globalThis as unknown as { WebAssembly: { compile(code: Uint8Array): Promise<unknown> } };

describe('VirtualClock', () => {
  clockContract.holdsFor(VirtualClock, () => {
    const clock = new VirtualClock();
    return { clock, pass: (milliseconds) => clock.runUntil(() => clock.sleep(milliseconds)) };
  });

  it('goes on for exactly as long as it is advanced', async () => {
    const clock = new VirtualClock({ start: new Date('2026-01-01T00:00:00.000Z') });

    await clock.advance(HOUR);

    expect(clock.now().toISOString()).to.equal('2026-01-01T01:00:00.000Z');
  });

  it('passes over hours of sleep as if they were nothing', async () => {
    const clock = new VirtualClock({ start: new Date('2026-01-01T00:00:00.000Z') });

    const answer = await clock.runUntil(async () => {
      for (let hour = 1; hour <= 3; hour += 1) await clock.sleep(HOUR);
      return 'rested';
    });

    expect(answer).to.equal('rested');
    expect(clock.now().toISOString()).to.equal('2026-01-01T03:00:00.000Z');
  });

  it('hands on what the work fails with', async () => {
    const clock = new VirtualClock();
    const failure = new Error('the work fails');

    const outcome = await failureOf(
      clock.runUntil(async () => {
        await clock.sleep(HOUR);
        throw failure;
      }),
    );

    expect(outcome).to.equal(failure);
  });

  it('waits for work that is under way already', async () => {
    const clock = new VirtualClock();
    const sleeping = clock.sleep(HOUR).then(() => 'awake');

    expect(await clock.runUntil(sleeping)).to.equal('awake');
  });

  it('lets a file be read before a short sleep is over', async () => {
    const clock = new VirtualClock();

    const first = await clock.runUntil(() =>
      Promise.race([readFile(import.meta.filename).then(() => 'read'), clock.sleep(1).then(() => 'slept')]),
    );

    expect(first).to.equal('read');
  });

  it('does not wait for a job that was done at once, and waits for one that is not', async () => {
    const clock = new VirtualClock();
    randomBytes(16);

    const slept = await clock.runUntil(() => clock.sleep(HOUR).then(() => 'slept'));
    const first = await clock.runUntil(() =>
      Promise.race([promisify(scrypt)('secret', 'salt', 32).then(() => 'derived'), clock.sleep(1)]),
    );

    expect([slept, first]).to.deep.equal(['slept', 'derived']);
  });

  it('tells a deadlock before the test is stopped, whatever patience is left', async () => {
    const test = new RunningTest({ title: 'short' });
    test.stopsAt = performance.now() + 200;
    const clock = new VirtualClock();
    let interval: NodeJS.Timeout | undefined;

    const failure = await inTest(test, () => {
      interval = setInterval(() => {}, 60_000);
      return failureOf(clock.runUntil(() => new Promise(() => {})));
    });
    clearInterval(interval);

    expect(failure).to.be.instanceOf(Deadlock);
    expect(failure.open.join()).to.match(/^Timeout, made at .*virtual-clock\.spec\.ts:\d+:\d+\)?$/);
  });

  it('waits for what is computed behind a promise', async () => {
    const clock = new VirtualClock();
    const digest = (): Promise<unknown> => crypto.subtle.digest('SHA-512', new Uint8Array(1e7));
    const jobs = [digest, () => WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))];

    for (const job of jobs) {
      const first = await clock.runUntil(() => Promise.race([job().then(() => 'computed'), clock.sleep(1)]));

      expect(first).to.equal('computed');
    }
  });

  it('leaves a failure behind a promise to its caller', async () => {
    const clock = new VirtualClock();

    const failure = await clock.runUntil(() =>
      crypto.subtle.digest('no such algorithm', new Uint8Array()).catch((error: unknown) => error),
    );

    expect(failure).to.have.property('name', 'NotSupportedError');
  });

  it('lets a real timer of the code under test ring before it jumps', async () => {
    const clock = new VirtualClock();

    const first = await clock.runUntil(() =>
      Promise.race([realSleep(20).then(() => 'real'), clock.sleep(1).then(() => 'virtual')]),
    );

    expect(first).to.equal('real');
  });

  it('ends a wait that nobody answers at its deadline', async () => {
    const clock = new VirtualClock();
    const start = clock.now().getTime();

    const outcome = await clock.runUntil(() =>
      Promise.race([new Promise(() => {}), clock.sleep(30_000).then(() => 'too late')]),
    );

    expect([outcome, clock.now().getTime() - start]).to.deep.equal(['too late', 30_000]);
  });

  it('waits while somebody says that something is under way, and not for the sockets of theirs', async () => {
    const clock = new VirtualClock();
    const queries = ['query: SELECT 1'];
    using _pool = trackActivity(() => queries);
    const answered = realSleep(20, undefined, { ref: false }).then(() => queries.pop());

    const first = await clock.runUntil(() =>
      Promise.race([answered.then(() => 'answered'), clock.sleep(1).then(() => 'slept')]),
    );

    expect(first).to.equal('answered');
  });

  it('keeps time of its own beside others that run', async () => {
    const clocks = [1, 2, 3].map((hours) => ({ hours, clock: new VirtualClock({ start: new Date(0) }) }));

    await Promise.all(clocks.map(({ hours, clock }) => clock.runUntil(() => clock.sleep(hours * HOUR))));

    expect(clocks.map(({ clock }) => clock.now().getTime() / HOUR)).to.deep.equal([1, 2, 3]);
  });

  describe('with nothing that could go on', () => {
    it('says so at once, with the lines that wait', async () => {
      const clock = new VirtualClock();
      const lockThatNobodyGivesBack = new Promise(() => {});

      const outcome = await failureOf(
        clock.runUntil(async function transfer() {
          await lockThatNobodyGivesBack;
        }),
      );

      expect(outcome).to.be.instanceOf(Deadlock).with.property('certain', true);
      expect(outcome.places[0]).to.match(/^transfer \(.*virtual-clock\.spec\.ts:\d+:\d+\)$/);
    });

    it('names the port calls of the test that wait, and of no other', async () => {
      const clock = new VirtualClock();
      const other = new RunningTest({ title: 'another test' });
      using _mine = openCall({ what: 'Devices.find', site: callSite(), test: runningTest() });
      using _theirs = openCall({ what: 'Backups.store', site: callSite(), test: other });

      const outcome = await failureOf(clock.runUntil(() => new Promise(() => {})));

      expect(outcome.calls.join()).to.match(/^Devices\.find, called at .*virtual-clock\.spec\.ts:\d+:\d+\)?$/);
    });

    it('does not take the timer of another test for a way out', async () => {
      const other = new RunningTest({ title: 'another test' });
      using timer = inTest(other, () => setTimeout(() => {}, HOUR));
      const clock = new VirtualClock();

      const outcome = await failureOf(clock.runUntil(() => new Promise(() => {})));

      expect(timer.hasRef()).to.equal(true);
      expect(outcome).to.be.instanceOf(Deadlock);
    });
  });

  it('does not run any more when its test is over', async () => {
    const test = new RunningTest({ title: 'a test' });
    const clock = new VirtualClock();
    const asking = new AbortController();
    using _pool = trackActivity(() => (asking.signal.aborted ? [] : ['still at it']));

    const running = inTest(test, () => clock.runUntil(new Promise(() => {})));
    test.end();

    expect((await failureOf(running)).message).to.include('"a test" is over');
  });
});
