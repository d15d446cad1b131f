import { join } from 'node:path';
import { workspaceRoot } from '#tools/command';
import type { Asked, Figures } from './product/asked.ts';

export type Command = {
  readonly command: readonly string[];
  /** The folder it runs in, from the root of the workspace. */
  readonly folder: string;
  readonly env?: NodeJS.ProcessEnv;
};

export type Benchmark = Command & { readonly name: string; readonly measures: string };

/** Two ways to do the same, measured in turns, so that whatever else the machine does meets both. */
export type Comparison = { readonly name: string; readonly ours: Command; readonly theirs: Command };

/** Measured by code of this project, which is loaded when it is asked for. */
export type ProductBenchmark = {
  readonly measure: () => Promise<(asked: Asked) => Promise<readonly Figures[]>>;
  /** So many that the usual size ends within three minutes. */
  readonly runs: number;
};

export type Topic = {
  readonly product?: ProductBenchmark;
  /** Commands that print a table of their own, as `{ head, rows }`. */
  readonly tables?: readonly Command[];
  readonly benchmarks?: readonly Benchmark[];
  readonly comparisons?: readonly Comparison[];
  /** What the comparisons compare, as the heads of the table's columns. */
  readonly sides?: { readonly ours: string; readonly theirs: string };
  /** Whether the comparisons add up to something. */
  readonly adds?: boolean;
};

/** As `.mocharc.cjs` has it for every spec of the workspace; here it is for both sides. */
const compiledOnce = { NODE_COMPILE_CACHE: join(workspaceRoot, 'node_modules/.cache/node-compile') };

/**
 * A sample of the suite that ends within minutes, as folders with the specs to take, all when none is named: of every layer,
 * with a database and without. None of the kit's own specs,
 * which are about the detectors and fail without them.
 */
const sampled: readonly string[] = [
  'libs/kernel',
  'libs/devices/domain',
  'libs/devices/application',
  'libs/backups/application',
  'libs/scheduling/application',
  'libs/platform/http',
  'libs/platform/ssh',
  'libs/devices/infrastructure src/database/typeorm-device-directory.int.spec.ts',
];

/** The figures that documents state, by the topic they are asked for with. */
export const topics: Readonly<Record<string, Topic>> = {
  domain: {
    benchmarks: [
      {
        name: 'nx test devices-domain',
        measures: 'what a developer waits for, without the cache',
        command: ['nx', 'test', 'devices-domain', '--skip-nx-cache'],
        folder: '.',
      },
      {
        name: 'mocha in libs/devices/domain',
        measures: 'the run itself',
        command: ['mocha'],
        folder: 'libs/devices/domain',
      },
    ],
  },
  kit: {
    sides: { ours: 'detectors on', theirs: 'off' },
    adds: true,
    comparisons: sampled.map((name) => {
      const [folder = '', ...files] = name.split(' ');
      const ours: Command = { command: ['mocha', ...files], folder };
      return { name, ours, theirs: { ...ours, env: { LOCKSTEP_TEST_OFF: 'all' } } };
    }),
  },
  orders: {
    tables: [{ command: ['node', 'libs/testing/selftest/src/bench/orders.ts'], folder: '.' }],
  },
  diff: { product: { measure: async () => (await import('./diff/measure-diff.ts')).measureDiff, runs: 3 } },
  fleet: { product: { measure: async () => (await import('./fleet/measure-fleet.ts')).measureFleet, runs: 1 } },
  jobs: { product: { measure: async () => (await import('./jobs/measure-jobs.ts')).measureJobs, runs: 1 } },
  versions: {
    product: { measure: async () => (await import('./versions/measure-versions.ts')).measureVersions, runs: 3 },
  },
  twins: {
    sides: { ours: 'the kit', theirs: 'plain Mocha' },
    comparisons: [twins('20 specs without a database', ['']), twins('30 of them, 10 on PostgreSQL', ['', '-database'])],
  },
};

/** The same specs for the kit, and for Mocha alone. */
function twins(name: string, parts: readonly string[]): Comparison {
  const of = (side: string, options: readonly string[]): Command => ({
    command: [
      ...['mocha', '--no-config', '--extension', 'ts', ...options],
      ...parts.map((part) => `src/fixtures/twins/${side}${part}.fixture.ts`),
    ],
    folder: 'libs/testing/selftest',
    env: compiledOnce,
  });
  return { name, ours: of('kit', ['--require', '../mocha/src/plugin.ts']), theirs: of('plain', []) };
}
