import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder, TestProcess } from '#testing/system';
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const MOCHA = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const PROJECT = join(import.meta.dirname, '..');
const PLUGIN = join(PROJECT, '../mocha/src/plugin.ts');
const golden = readFileSync(join(import.meta.dirname, 'fixtures/lost-update.golden.txt'), 'utf8').trimEnd();
const token = /LOCKSTEP_TEST_ORDER=(\S+)/.exec(golden)?.[1] ?? 'no token';
const id = token.replace(/\..*/, '');

type Run = { readonly passes: number; readonly message: string; readonly report: string };

class ReplayTest extends AsyncTestBase {
  /** Runs a fixture in a Mocha process of its own. */
  async run(fixture: string, env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const file = join(import.meta.dirname, 'fixtures', `${fixture}.fixture.ts`);
    const args = ['--no-config', '--extension', 'ts', '--reporter', 'json', '--exit', '--require', PLUGIN, file];
    const mocha = await this.use(TestProcess.node([MOCHA, ...args], { cwd: PROJECT, env }));
    await mocha.ended;
    const { stats, failures } = JSON.parse(mocha.written.stdout) as {
      readonly stats: { readonly passes: number };
      readonly failures: readonly { readonly err: { readonly message: string } }[];
    };
    return { passes: stats.passes, message: failures[0]?.err.message ?? '', report: mocha.written.stderr };
  }
}

const t = ReplayTest.install();

describe('A test that fails in one order', function () {
  this.timeout(30_000);

  it(
    'says which, for people as in the golden file and for machines as JSON',
    t.test(async ({ run, use }) => {
      const folder = await use(TemporaryFolder.make());

      const { message } = await run('lost-update', { LOCKSTEP_TEST_REPORTS: folder.at('reports') });

      expect(message).to.equal(golden);
      expect(readdirSync(folder.at('reports'))).to.deep.equal([`orders-${id}.json`]);
      const report: unknown = JSON.parse(readFileSync(folder.at(`reports/orders-${id}.json`), 'utf8'));
      expect(report).to.deep.include({ title: 'A number is as high as it was incremented', uncontrolled: [] });
      expect(report).to.have.nested.include({
        'certificate.isComplete': false,
        'failure.token': token,
        'failure.steps[1].actor': 'other',
        'failure.steps[1].what': 'Board.read',
        'failure.switches': 1,
      });
    }),
  );

  it(
    'fails alike where that order alone is run, in a new process',
    t.test(async ({ run }) => {
      const again = await run('lost-update', { LOCKSTEP_TEST_ORDER: token });
      const usual = await run('lost-update', { LOCKSTEP_TEST_ORDER: `${id}.0` });

      expect(again.message).to.equal(golden.replace('; none with fewer switches does', ''));
      expect(usual).to.include({ passes: 1 });
      expect(usual.report).to.match(/\n {2}orders: one order, [0-9a-f]{8}\.0: A number is as high/);
    }),
  );

  it(
    'refuses orders that are none of its own',
    t.test(async ({ run }) => {
      const gone = await run('lost-update', { LOCKSTEP_TEST_ORDER: `${id}.1z` });
      const beyond = await run('lost-update', { LOCKSTEP_TEST_ORDER: `${id}.99b` });

      expect(gone.message).to.match(/^The order is one of another program: at step 1 it takes option 26/);
      expect(beyond.message).to.equal(
        'The order is one of another program: it deviates at step 99, and there are only 4.',
      );
    }),
  );
});

describe('A test whose time is up in the middle of an order', function () {
  this.timeout(30_000);

  it(
    'says what was explored so far, and where that order stood',
    t.test(async ({ run }) => {
      const { message } = await run('out-of-time');

      expect(message).to.match(
        /^The time was up in the middle of an order; not complete \(it was stopped\): 0 orders\./,
      );
      expect(message).to.include('one');
    }),
  );
});
