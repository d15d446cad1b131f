import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Outcome = { readonly ending: unknown; readonly stderr: string };

/** Runs a body as a guarded test, in a process of its own that may be ended; `raise` raises its limit. */
function guarded(body: string, { limit = 100 } = {}): Promise<Outcome> {
  const program = `
    const { Watchdog } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'watchdog.ts')))});
    let limit = ${limit};
    const test = { timeout: (to = limit) => (limit = to) };
    const watchdog = new Watchdog(() => 'the culprit');
    const guard = watchdog.guard(test);
    const raise = () => test.timeout(60_000);
    function spin(ms = Infinity) { for (const end = performance.now() + ms; performance.now() < end;); }
    ${body}`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { cwd: tmpdir() },
      (error, _stdout, stderr) => resolve({ ending: error === null ? 0 : (error.signal ?? error.code), stderr }),
    );
  });
}

const NATIVE = "process.getBuiltinModule('node:child_process').execSync";

describe('The watchdog', function () {
  this.timeout(30_000);

  it('ends a process whose thread does not come back, by the name of its test and the line', async () => {
    const { ending, stderr } = await guarded('spin()');

    expect([ending, stderr].join('@@')).to.match(/^1@/);
    expect(stderr).to.match(/"the culprit" has held the thread .*\n\s+at spin /);
  });

  it('leaves what is slow and ends, also in native code, to Mocha', async () => {
    const [spun, waited] = await Promise.all([guarded('spin(1_000)'), guarded(`${NATIVE}('sleep 4.5'); spin(200)`)]);

    expect([spun.ending, waited.ending]).to.deep.equal([0, 0]);
  });

  it('follows a test that changes its own limit', async () => {
    const { ending } = await guarded('raise(); spin(3_500)');

    expect(ending).to.equal(0);
  });

  it('knows no limit where the test has none', async () => {
    const { ending } = await guarded('spin(3_500)', { limit: 0 });

    expect(ending).to.equal(0);
  });

  it('gives what runs between two tests a limit of its own', async () => {
    const { ending } = await guarded('guard[Symbol.dispose](); spin(3_500)');

    expect(ending).to.equal(0);
  });

  it('is not called off by a body that Mocha has given up on', async () => {
    const { ending } = await guarded(
      'watchdog.guard({ timeout: () => 100 }); raise(); guard[Symbol.dispose](); spin(3_000)',
    );

    expect(ending).to.equal(1);
  });

  it('looks until there is code of one’s own, where a thread is held by many short turns', async () => {
    const { ending, stderr } = await guarded(
      'const spins = () => queueMicrotask(spins); spins(); await new Promise(() => {})',
    );

    expect([ending, stderr].join('@@')).to.match(/^1@/);
    expect(stderr).to.match(/at spins /);
  });

  it('kills a process that is held by native code, and says so', async () => {
    const { ending, stderr } = await guarded(`${NATIVE}('sleep 20')`);

    expect(ending).to.equal('SIGKILL');
    expect(stderr).to.match(/"the culprit" has held the thread for .* by native code/);
  });
});
