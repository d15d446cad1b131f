import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const PROCESS_MS = 30_000;
const STUBBORN = `
  const { stopSignal } = await import('./stop-signal.ts');
  stopSignal().addEventListener('abort', ({ target }) => console.log(target.reason.message));
  process.stdin.resume();
  console.log('ready');
`;

/** A process that goes on although it has been told to stop. */
async function stubborn(): Promise<ChildProcess & { said: () => Promise<string> }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', STUBBORN], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
  });
  const said = async (): Promise<string> => String((await once(child.stdout!, 'data'))[0]).trim();
  await said();
  return Object.assign(child, { said });
}

describe('stopSignal', function () {
  this.timeout(PROCESS_MS);
  let child: Awaited<ReturnType<typeof stubborn>>;

  beforeEach(async () => (child = await stubborn()));
  afterEach(() => child.kill('SIGKILL'));

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    it(`aborts at ${signal}, and ends the process at the second one`, async () => {
      child.kill(signal);
      const said = await child.said();
      child.kill(signal);
      const [exitCode] = (await once(child, 'exit')) as [number];

      expect(said).to.equal(`Told to stop by ${signal}.`);
      expect(exitCode).to.equal(code);
    });
  }

  it('aborts when the process that started it is gone', async () => {
    child.disconnect();

    expect(await child.said()).to.equal('The process that started this one is gone.');
  });
});
