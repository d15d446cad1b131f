import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder, TestProcess } from '#testing/system';
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const MOCHA = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const PROJECT = join(import.meta.dirname, '..');
const PLUGIN = join(PROJECT, '../mocha/src/plugin.ts');

type Run = { readonly passes: number; readonly message: string; readonly report: string };

class SweepTest extends AsyncTestBase {
  /** Runs a fixture in a Mocha process of its own. */
  async run(fixture: string, env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const file = join(import.meta.dirname, 'fixtures', `${fixture}.fixture.ts`);
    const args = ['--no-config', '--extension', 'ts', '--reporter', 'json', '--require', PLUGIN, file];
    const mocha = await this.use(TestProcess.node([MOCHA, ...args], { cwd: PROJECT, env }));
    await mocha.ended;
    const { stats, failures } = JSON.parse(mocha.written.stdout) as {
      readonly stats: { readonly passes: number };
      readonly failures: readonly { readonly err: { readonly message: string } }[];
    };
    return { passes: stats.passes, message: failures[0]?.err.message ?? '', report: mocha.written.stderr };
  }
}

const t = SweepTest.install();

describe('A test of every fault', function () {
  this.timeout(30_000);

  it(
    'tells what it has swept in the report of the run',
    t.test(async ({ run }) => {
      const { passes, report } = await run('submitted-once');

      expect(passes).to.equal(1);
      expect(report).to.include('\n  faults: 41 cells of 7 calls, all hold: An order is submitted once\n');
    }),
  );

  it(
    'goes on behind a failing cell, and tells the first in full, the others in a line, and the matrix, also as JSON',
    t.test(async ({ run, use }) => {
      const folder = await use(TemporaryFolder.make());

      const { passes, message, report } = await run('charged-thrice', { LOCKSTEP_TEST_REPORTS: folder.at('reports') });

      expect(passes).to.equal(0);
      expect(message.replaceAll(/^ +at .*\n/gm, '')).to.equal(`6 cells of 3 calls, 2 fail: An order is charged once

Payments.charge (call 1) is delivered twice (failed; the workflow: returned, its recovery: returned)
  called at Object.workflow (src/fixtures/charged-thrice.fixture.ts:14:24)
  AssertionError: expected 2 to equal 3
  Again, alone: LOCKSTEP_TEST_FAULT=56ec4c08.1.twice npx mocha src/fixtures/charged-thrice.fixture.ts -g '^An order is charged once$'

And also:
  Payments.charge (call 2) is delivered twice: AssertionError: expected 2 to equal 3 LOCKSTEP_TEST_FAULT=56ec4c08.2.twice

   call             fails before  twice
1  Payments.charge  threw         FAILED
2  Payments.charge  threw         FAILED
3  Mailer.send      threw         returned`);
      expect(report).to.include('\n  faults: 6 cells of 3 calls, 2 fail: An order is charged once\n');
      expect(readdirSync(folder.at('reports'))).to.deep.equal(['faults-56ec4c08.json']);
      const sweep: unknown = JSON.parse(readFileSync(folder.at('reports/faults-56ec4c08.json'), 'utf8'));
      expect(sweep).to.deep.include({ title: 'An order is charged once', planned: 6, notSwept: [], isCutShort: false });
      expect(sweep).to.have.nested.include({ 'cells[1].verdict': 'failed', 'cells[1].token': '56ec4c08.1.twice' });
    }),
  );

  it(
    'runs the cell of a token alone, in another process',
    t.test(async ({ run, use }) => {
      const folder = await use(TemporaryFolder.make());

      const again = await run('charged-thrice', {
        LOCKSTEP_TEST_FAULT: '56ec4c08.2.twice',
        LOCKSTEP_TEST_REPORTS: folder.path,
      });
      const held = await run('charged-thrice', { LOCKSTEP_TEST_FAULT: '56ec4c08.2.fails-before' });

      expect(again.message).to.match(
        /^1 of 6 cells of 3 calls, 1 fail.*\n\nPayments\.charge \(call 2\) is delivered twice/,
      );
      expect(readdirSync(folder.path)).to.deep.equal(['faults-56ec4c08.2.twice.json']);
      expect(held.passes).to.equal(1);
      expect(held.report).to.include('\n  faults: 1 of 6 cells of 3 calls, all hold: An order is charged once\n');
    }),
  );

  it(
    'fails for a token that fits none of its cells, and says which calls there are',
    t.test(async ({ run }) => {
      const { message } = await run('charged-thrice', { LOCKSTEP_TEST_FAULT: '56ec4c08.3.hangs' });

      expect(message).to.equal(
        'LOCKSTEP_TEST_FAULT is "56ec4c08.3.hangs", which fits no cell of this test. Its calls are now: 1 Payments.charge, 2 Payments.charge, 3 Mailer.send.',
      );
    }),
  );

  it(
    'tells that the order of calls is not under control',
    t.test(async ({ run }) => {
      const { passes, report } = await run('reordered');

      expect(passes).to.equal(1);
      expect(report).to.include(
        '\n  not controlled: in which order "A customer is charged and written to" calls its ports\n',
      );
    }),
  );

  it(
    'that runs out of time says how far it has come, and where it is, also where that does not stop',
    t.test(async ({ run, use }) => {
      const folder = await use(TemporaryFolder.make());

      const { passes, message } = await run('out-of-time', { LOCKSTEP_TEST_REPORTS: folder.path });

      expect(passes).to.equal(0);
      expect(message).to.match(
        /^Time was up after 4 of 7 cells of 1 call, all hold: A letter takes its time, in its set-up of the trial in which Mailer\.send \(call 1\) is delivered twice \(LOCKSTEP_TEST_FAULT=[0-9a-f]{8}\.1\.twice\)/,
      );
      expect(message).to.match(/\n1 +Mailer\.send +threw +threw +stopped +stopped$/);
      const [file = ''] = readdirSync(folder.path);
      expect(JSON.parse(readFileSync(folder.at(file), 'utf8'))).to.have.property('isCutShort', true);
    }),
  );
});
