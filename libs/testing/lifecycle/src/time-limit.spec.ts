import { expect } from 'chai';
import { openCall, callSite, facts, runningTest } from '#testing/runtime';
import { AsyncTestBase } from './async-test-base.ts';
import { asMochaWould, messageOf } from './testing/as-mocha-would.ts';

class PlainTest extends AsyncTestBase {}
const plain = PlainTest.install();

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

describe('The time limit of a test', () => {
  it('aborts the signal before Mocha gives up, and the clean-ups run', async () => {
    const cleaned: string[] = [];

    const outcome = await asMochaWould(
      plain,
      ({ signal, defer }) => {
        defer(() => cleaned.push('released'));
        return untilAborted(signal);
      },
      50,
    );

    expect(messageOf(outcome)).to.equal('The test was stopped after 40 ms.');
    expect(cleaned).to.deep.equal(['released']);
  });

  it('gives a body time to obey also after a moment in which the process did nothing', async () => {
    const outcome = await asMochaWould(
      plain,
      async ({ signal }) => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 80);
        await untilAborted(signal).catch(() => new Promise((resolve) => setImmediate(resolve)));
        signal.throwIfAborted();
      },
      50,
    );

    expect(messageOf(outcome)).to.equal('The test was stopped after 40 ms.');
  });

  it('fails a body that goes on although its signal aborts, with what it waits for', async () => {
    const outcome = await asMochaWould(
      plain,
      () => {
        openCall({ what: 'Devices.find', site: callSite(), test: runningTest() });
        return new Promise(() => {});
      },
      50,
    );

    expect(messageOf(outcome)).to.match(
      /^The test was stopped after 40 ms\. It did not end when its signal aborted; in flight: Devices\.find at .*time-limit\.spec\.ts:\d+/,
    );
  });

  it('cleans up after such a body also where nobody wants to know of it', async () => {
    const cleaned: string[] = [];
    const { LOCKSTEP_TEST_OFF: before = '' } = process.env;
    process.env['LOCKSTEP_TEST_OFF'] = 'time-limits';

    const outcome = await asMochaWould(
      plain,
      ({ defer }) => {
        defer(() => cleaned.push('released'));
        return new Promise(() => {});
      },
      50,
    ).finally(() => (process.env['LOCKSTEP_TEST_OFF'] = before));

    expect(messageOf(outcome)).to.equal('The test was stopped after 40 ms.');
    expect(cleaned).to.deep.equal(['released']);
  });

  it('notes such a body for the report', async () => {
    await asMochaWould(plain, () => new Promise(() => {}), 50);

    const noted = facts().filter(({ topic }) => topic === 'ignored cancellation');
    expect(noted.map(({ text }) => text).join()).to.include('went on after its signal had aborted');
  });

  it('moves with `this.timeout`', async () => {
    const outcome = await asMochaWould(plain, function ({ signal }) {
      this.timeout(100);
      return untilAborted(signal);
    });

    expect(messageOf(outcome)).to.equal('The test was stopped after 80 ms.');
  });

  it('is none where Mocha has none', async () => {
    const outcome = await asMochaWould(plain, ({ signal }) => expect(signal.aborted).to.equal(false), 0);

    expect(outcome).to.equal('passed');
  });

  it('does not count what the parts prepare for all tests', async () => {
    const prepared = { prepare: () => new Promise((resolve) => setTimeout(resolve, 60)) };
    class PreparedTest extends AsyncTestBase {
      readonly server = this.part(prepared);
    }

    const outcome = await asMochaWould(
      PreparedTest.install(),
      ({ signal }) => new Promise((resolve) => setImmediate(() => resolve(signal.throwIfAborted()))),
      50,
    );

    expect(outcome).to.equal('passed');
  });
});
