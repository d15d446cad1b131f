import { globSync } from 'node:fs';
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
    comparisons: projectsWithSpecs().map((folder) => ({
      name: folder,
      ours: { command: ['mocha'], folder },
      theirs: { command: ['mocha'], folder, env: { LOCKSTEP_TEST_OFF: 'all' } },
    })),
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
  });
  return { name, ours: of('kit', ['--require', '../mocha/src/plugin.ts']), theirs: of('plain', []) };
}

function projectsWithSpecs(): readonly string[] {
  const projects = globSync('{libs,apps}/**/project.json', { cwd: workspaceRoot, exclude: ['**/node_modules'] });
  return projects
    .map((file) => file.replace(/\/project\.json$/, ''))
    .filter((folder) => globSync('src/**/*.spec.ts', { cwd: `${workspaceRoot}/${folder}` }).length > 0)
    .sort();
}
