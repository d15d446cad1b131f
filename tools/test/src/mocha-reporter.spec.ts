import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { run, workspaceRoot, type Outcome } from '#tools/command';
import type { TestResult } from './results.ts';

class RunTest extends AsyncTestBase {
  async runOf(
    spec: string,
    env: NodeJS.ProcessEnv = {},
    ...options: readonly string[]
  ): Promise<Outcome & { readonly result?: TestResult }> {
    const folder = await this.use(TemporaryFolder.make());
    const [file, results] = [folder.at('x.spec.ts'), folder.at('results.json')];
    writeFileSync(file, spec);
    const config = ['--config', join(workspaceRoot, '.mocharc.cjs'), '--reporter-option', `results=${results}`];
    // The order and the values of the run that this spec is a part of are no matter of its own.
    const own = { LOCKSTEP_TEST_SEED: '', LOCKSTEP_TEST_DATA_SEED: '', ...env };
    const outcome = await run(['mocha', ...config, ...options, file], { cwd: folder.path, env: own });
    return existsSync(results)
      ? { ...outcome, result: JSON.parse(readFileSync(results, 'utf8')) as TestResult }
      : outcome;
  }
}

const t = RunTest.install();

describe('A Mocha run in this workspace', function () {
  this.timeout(20_000);

  it(
    'records how many tests passed',
    t.test(async ({ runOf }) => {
      const { ok, result } = await runOf('it("one", () => {}); it("two", () => {});');

      expect(ok).to.equal(true);
      expect(result).to.deep.include({ passed: 2, failed: 0, pending: 0, failures: [] });
    }),
  );

  it(
    'records what failed, and why',
    t.test(async ({ runOf }) => {
      const { ok, result } = await runOf('describe("Sums", () => it("add up", () => { throw new Error("3"); }));');

      expect(ok).to.equal(false);
      expect(result).to.include({ passed: 0, failed: 1 });
      expect(result?.failures[0]?.title).to.equal('Sums add up');
      expect(result?.failures[0]?.error).to.match(/^Error: 3\n/);
    }),
  );

  it(
    'records what the run has to say about itself',
    t.test(async ({ runOf }) => {
      const { result } = await runOf('it("one", () => {});');

      expect(result?.facts).to.deep.include({ topic: 'order', text: 'written order', count: 1 });
    }),
  );

  it(
    'records what fails when Mocha has ended',
    t.test(async ({ runOf }) => {
      const { ok, result } = await runOf(
        'it("one", () => void setTimeout(() => Promise.reject(new Error("late")), 50).ref());',
        {
          LOCKSTEP_TEST_OFF: 'leaks',
        },
      );

      expect(ok).to.equal(false);
      expect(result).to.include({ passed: 1, failed: 1 });
      expect(result?.failures[0]?.title).to.equal('one');
      expect(result?.failures[0]?.error).to.include('"one" failed after it had ended: late');
    }),
  );

  it(
    'records the test that does not let go of the thread',
    t.test(async ({ runOf }) => {
      const { ok, result } = await runOf(
        'it("one", () => {}); it("two", function () { this.timeout(100); for (;;); });',
      );

      expect(ok).to.equal(false);
      expect(result).to.include({ passed: 1, failed: 1 });
      expect(result?.failures[0]?.title).to.equal('two');
      expect(result?.failures[0]?.error).to.match(/does not come back.*x\.spec\.ts:1:\d+/s);
    }),
  );

  it(
    'records all of that in parallel mode too',
    t.test(async function ({ runOf }) {
      this.timeout(20_000);
      const late = 'it("one", () => void setTimeout(() => Promise.reject(new Error("late")), 50));';
      const stuck = 'it("two", function () { this.timeout(100); for (;;); });';
      const env = { LOCKSTEP_TEST_OFF: 'leaks' };

      const [lateRun, stuckRun] = [await runOf(late, env, '--parallel'), await runOf(stuck, env, '--parallel')];

      expect([lateRun.ok, stuckRun.ok]).to.deep.equal([false, false]);
      expect(lateRun.result?.failures[0]?.error).to.include('"one" failed after it had ended: late');
      expect(JSON.stringify(stuckRun.result?.failures)).to.match(/"title":"two".*does not come back/);
      expect(lateRun.result?.facts).to.deep.include({ topic: 'order', text: 'written order', count: 1 });
    }),
  );

  it(
    'knows nothing of what its shell says about the system, recordings and the test kit aside',
    t.test(async ({ runOf }) => {
      const { output } = await runOf(
        'it("one", () => console.log(Object.keys(process.env).filter((name) => name.startsWith("LOCKSTEP_")).sort().join()));',
        { LOCKSTEP_TOKEN: 'secret', LOCKSTEP_RECORDINGS: '/recordings', LOCKSTEP_TEST_SEED: '7' },
      );

      expect(output).to.include('LOCKSTEP_RECORDINGS,LOCKSTEP_TEST_DATA_SEED,LOCKSTEP_TEST_SEED\n');
    }),
  );

  it(
    'fails when a test is skipped',
    t.test(async ({ runOf }) => {
      const { ok, result } = await runOf('it("one", () => {}); it.skip("two", () => {});');

      expect(ok).to.equal(false);
      expect(result).to.include({ passed: 1, failed: 1 });
    }),
  );

  it(
    'fails when a test is focused',
    t.test(async ({ runOf }) => {
      expect(await runOf('it.only("one", () => {}); it("two", () => {});')).to.include({ ok: false });
    }),
  );

  it(
    'fails when there is no test',
    t.test(async ({ runOf }) => {
      const { ok, result } = await runOf('export {};');

      expect(ok).to.equal(false);
      expect(result).to.include({ passed: 0, failed: 0 });
    }),
  );

  it(
    'records the test that ends the process',
    t.test(async ({ runOf }) => {
      const { ok, result } = await runOf('it("one", () => {}); it("two", () => process.exit(0));');

      expect(ok).to.equal(false);
      expect(result).to.include({ passed: 1, failed: 1 });
      expect(result?.failures[0]?.title).to.equal('two');
      expect(result?.failures[0]?.error).to.match(
        /while "two" was running, with exit code 0: .* at .*x\.spec\.ts:1:\d+/,
      );
    }),
  );

  it(
    'records nothing under another reporter, which still works',
    t.test(async ({ runOf }) => {
      const { ok, output, result } = await runOf('it("says its name", () => {});', {}, '--reporter', 'spec');

      expect(ok).to.equal(true);
      expect(output).to.include('says its name');
      expect(result).to.equal(undefined);
    }),
  );

  it(
    'ends a process that its tests leave running, and names what keeps it alive',
    t.test(async function ({ runOf }) {
      this.timeout(20_000);
      const { ok, output, result } = await runOf(
        'import { createServer } from "node:net"; it("one", (done) => { createServer().listen(0, () => done()); });',
        { LOCKSTEP_TEST_OFF: 'leaks' },
      );

      expect(ok).to.equal(false);
      expect(output).to.include('TCPServerWrap');
      expect(result).to.include({ passed: 1, failed: 1 });
    }),
  );
});
