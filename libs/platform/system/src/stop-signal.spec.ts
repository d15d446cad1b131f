import { AsyncTestBase } from '#testing/lifecycle';
import { TestProcess } from '#testing/system';
import { expect } from 'chai';

const PROCESS_MS = 30_000;
const STUBBORN = `
  const { stopSignal } = await import('./stop-signal.ts');
  stopSignal().addEventListener('abort', ({ target }) => console.log(target.reason.message));
  process.stdin.resume();
  console.log('ready');
`;

class StopTest extends AsyncTestBase {
  /** A process that goes on although it has been told to stop. */
  async stubborn(): Promise<TestProcess> {
    const child = await this.use(
      TestProcess.node(['--input-type=module', '--eval', STUBBORN], {
        cwd: import.meta.dirname,
        env: {},
        channel: true,
      }),
    );
    await child.says(/ready/, this.signal);
    return child;
  }
}

const t = StopTest.install();

describe('stopSignal', function () {
  this.timeout(PROCESS_MS);

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    it(
      `aborts at ${signal}, and ends the process at the second one`,
      t.test(async (test) => {
        const child = await test.stubborn();

        child.signal(signal);
        const [said] = await child.says(/Told.*/, test.signal);
        child.signal(signal);

        expect(said).to.equal(`Told to stop by ${signal}.`);
        expect(await child.ended).to.equal(code);
      }),
    );
  }

  it(
    'aborts when the process that started it is gone',
    t.test(async (test) => {
      const child = await test.stubborn();

      child.disconnect();

      expect(await child.says(/The process .*/, test.signal)).to.include('The process that started this one is gone.');
    }),
  );
});
