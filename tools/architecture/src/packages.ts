/** Files that only tests load. `libs/testing` is the kit itself: its files may never be imported by production code. */
export const testFiles = [
  '**/*.spec.ts',
  '**/*.system.ts',
  '**/src/testing/**/*.ts',
  'libs/testing/*/src/**/*.ts',
  'tools/test/src/**/*.ts',
] as const;

const adapters = [
  'libs/*/infrastructure/src/**/*.ts',
  'libs/scheduling/bullmq/src/**/*.ts',
  'libs/platform/*/src/**/*.ts',
] as const;
const wiring = [
  'libs/*/infrastructure/src/**/*.module.ts',
  'libs/*/infrastructure/src/**/*.module.spec.ts',
  'libs/platform/*/src/**/*.module.ts',
  'libs/platform/*/src/**/*.module.spec.ts',
  'libs/testing/*/src/**/*.ts',
  'apps/*/src/composition-root.ts',
  'apps/cli/src/lockstep/composition-root.ts',
  'tools/{torture,bench}/src/*/composition-root.ts',
] as const;
const outside = ['apps/*/src/**/*.ts', 'tools/*/src/**/*.ts'] as const;

/**
 * Who may know which npm package: name (or `@scope/*`) to files. What is not listed is not allowed, so a layer without
 * an entry (domain, contracts, application, kernel) imports none.
 */
export const packages: Readonly<Record<string, readonly string[]>> = {
  inversify: wiring,
  '@inversifyjs/*': ['libs/testing/container/src/**/*.ts'],
  typeorm: [...adapters, ...wiring, 'apps/*/src/**/*.ts', 'tools/{torture,bench}/src/**/*.ts'],
  zod: [...adapters, 'apps/*/src/**/*.ts'],
  fastify: adapters,
  'fastify-type-provider-zod': adapters,
  '@fastify/*': ['libs/platform/http/src/**/*.ts'],
  '@scalar/*': ['libs/platform/http/src/**/*.ts'],
  '@aws-sdk/*': ['libs/backups/infrastructure/src/**/*.ts'],
  bullmq: ['libs/scheduling/bullmq/src/**/*.ts', 'tools/bench/src/jobs/bull-mq.ts'],
  commander: ['apps/cli/src/**/*.ts'],
  'csv-parse': ['libs/devices/infrastructure/src/**/*.ts'],
  'eventsource-parser': ['apps/cli/src/**/*.ts', ...testFiles],
  diff: ['libs/*/infrastructure/src/**/*.ts'],
  pg: ['libs/platform/database/src/**/*.ts', 'libs/testing/database/src/**/*.ts', 'tools/bench/src/jobs/raw-sql.ts'],
  'pg-transactional-tests': ['libs/testing/selftest/src/**/*.ts'],
  pino: ['libs/platform/logging/src/**/*.ts'],
  ssh2: ['libs/platform/ssh/src/**/*.ts', 'libs/device-simulator/src/**/*.ts', 'tools/bench/src/fleet/bare-loop.ts'],
  uuid: ['libs/platform/system/src/**/*.ts'],
  yaml: ['libs/device-simulator/src/**/*.ts'],

  chai: testFiles,
  croner: ['libs/scheduling/**/*.spec.ts', 'libs/scheduling/*/src/testing/**/*.ts'],
  'fast-check': ['libs/testing/{properties,selftest}/src/**/*.ts'],
  mocha: testFiles,
  s3rver: ['libs/backups/infrastructure/src/**/*.spec.ts', 'libs/backups/infrastructure/src/testing/**/*.ts'],
  sinon: testFiles,
  'temporal-polyfill': ['libs/scheduling/**/*.spec.ts', 'libs/scheduling/*/src/testing/**/*.ts'],
  '@sinonjs/*': ['libs/testing/time/src/**/*.ts', 'libs/testing/selftest/src/**/*.ts'],

  '@nx/*': ['tools/*/src/**/*.ts'],
  eslint: ['tools/lint/src/**/*.ts'],
  typescript: ['tools/*/src/**/*.ts', 'apps/api/src/testing/**/*.ts', 'libs/testing/contracts/src/**/*.ts'],
  'typescript-eslint': ['tools/lint/src/**/*.ts'],
};

/** Who may use Node's own modules. The layers inside (kernel, domain, contracts, application) do without. */
export const nodeModules: readonly string[] = [
  ...adapters,
  ...outside,
  'libs/testing/*/src/**/*.ts',
  'libs/device-simulator/src/**/*.ts',
  'libs/kernel/src/**/*.spec.ts',
];
