export type Exception = { readonly files: string; readonly because: string };

/** Where the code may touch what everyone else asks a port for. Each line is a decision; keep the lists short. */
export const ambientTime: readonly Exception[] = [
  { files: 'libs/platform/system/src/**/*.ts', because: 'it is the adapter of the Clock port' },
  {
    files: 'libs/kernel/src/testing/manual-clock.ts',
    because: 'it lets work that is under way go on between two instants',
  },
  { files: 'libs/platform/database/src/embedded/**/*.ts', because: 'it starts the server before there is a container' },
  { files: 'libs/platform/database/src/migrate.ts', because: 'another process holds the lock for as long as it takes' },
  {
    files: 'libs/platform/database/src/obedient-connection.ts',
    because: 'a connection that does not answer is given up',
  },
  { files: 'libs/device-simulator/src/device/pause.ts', because: 'a slow device takes real time, whoever visits it' },
  {
    files: 'libs/platform/database/src/testing/**/*.ts',
    because: 'the kit stands on this project, which therefore tests itself without it',
  },
  { files: 'libs/testing/*/src/**/*.ts', because: 'the kit judges by real time what happens under a virtual one' },
  { files: 'tools/*/src/**/*.ts', because: 'commands time themselves and have no container' },
];

export const ambientRandomness: readonly Exception[] = [
  { files: 'libs/platform/system/src/**/*.ts', because: 'it is the adapter of the Ids port' },
  {
    files: 'libs/platform/database/src/embedded/**/*.ts',
    because: 'it names temporary files before there is a container',
  },
  {
    files: 'libs/scheduling/infrastructure/src/worker/system-randomness.ts',
    because: 'it is the adapter of the Randomness port',
  },
  { files: 'libs/platform/database/src/testing/**/*.ts', because: 'test runs at the same time must not meet' },
  { files: 'libs/testing/database/src/**/*.ts', because: 'test runs at the same time must not meet' },
  {
    files: 'libs/testing/selftest/src/fixtures/nondeterminism.fixture.ts',
    because: 'the kit has to name it where it is not under control',
  },
];

export const ambientEnvironment: readonly Exception[] = [
  { files: 'libs/platform/config/src/**/*.ts', because: 'it is the one place that reads the configuration' },
  {
    files: 'libs/testing/*/src/**/*.ts',
    because: 'the kit is told by the shell that starts a run, and starts runs itself',
  },
  {
    files: 'libs/device-simulator/src/testing/recordings-at-hand.ts',
    because: 'LOCKSTEP_RECORDINGS names the recordings that specs replay',
  },
  {
    files: 'libs/scheduling/domain/src/testing/oracle-cases.ts',
    because: 'LOCKSTEP_TEST_RECURRENCES says how many cases recurrences are compared in',
  },
  { files: 'apps/*/src/testing/**/*.ts', because: 'a process that a spec starts inherits the environment' },
  {
    files: 'apps/*/src/**/*.{int.spec,system}.ts',
    because: 'a process that a spec starts inherits the environment',
  },
  {
    files: 'libs/platform/database/src/embedded/*.int.spec.ts',
    because: 'a process that a spec starts inherits the environment',
  },
  { files: 'apps/*/src/main.ts', because: 'the entry hands the environment to readConfig' },
  { files: 'tools/*/src/**/*.ts', because: 'commands are configured by the shell that runs them' },
];

/** Whose tests may be set up by hooks of plain Mocha. */
export const ownSetup: readonly Exception[] = [
  {
    files: 'libs/kernel/src/**/*.ts',
    because: 'the kit stands on the kernel, which therefore tests itself without it',
  },
  {
    files: 'libs/testing/*/src/**/*.ts',
    because: 'the kit watches suites of plain Mocha too, and tests itself with them',
  },
];

/** Projects that have no test. Every other project needs one. */
export const untested: Readonly<Record<string, string>> = {};
