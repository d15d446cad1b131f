/**
 * The layers of the workspace. Lint, the check, the table in the README and the generators all read this one table:
 * a rule is changed here, together with a planted violation in `tools/lint/planted`.
 */
export type Layer =
  | 'kernel'
  | 'domain'
  | 'contracts'
  | 'application'
  | 'infrastructure'
  | 'platform'
  | 'testing'
  | 'app'
  | 'tool'
  | 'harness';

export type LayerRules = {
  readonly holds: string;
  /** Where its projects stand. A project's folder decides its layer; the `layer:` tag has to agree. */
  readonly folders: readonly string[];
  /** The layers its code may import. Its own project is imported by relative paths. */
  readonly imports: readonly Layer[];
  /** The parts of the test kit (`#testing/<part>`) that its specs and test support may import. */
  readonly kit: 'none' | 'light parts' | 'every part';
};

/** The parts of the kit that load no database driver and no container, so that a spec still starts in milliseconds. */
export const lightParts = [
  'concurrency',
  'leaks',
  'lifecycle',
  'properties',
  'report',
  'runtime',
  'system',
  'time',
] as const;

export const layers: Readonly<Record<Layer, LayerRules>> = {
  kernel: {
    holds: 'Result, ids, Clock, cancellation: what every layer speaks',
    folders: ['libs/kernel'],
    imports: [],
    kit: 'none',
  },
  domain: {
    holds: 'entities, value objects, policies, refusals; synchronous',
    folders: ['libs/*/domain'],
    imports: ['kernel'],
    kit: 'light parts',
  },
  contracts: {
    holds: 'ports, events and types that other contexts may use',
    folders: ['libs/*/contracts'],
    imports: ['kernel'],
    kit: 'light parts',
  },
  application: {
    holds: 'use cases, queries and the ports they need',
    folders: ['libs/*/application'],
    imports: ['kernel', 'domain', 'contracts'],
    kit: 'every part',
  },
  infrastructure: {
    holds: 'adapters, rows, migrations, routes, the container module',
    folders: ['libs/*/infrastructure', 'libs/scheduling/bullmq'],
    imports: ['kernel', 'domain', 'contracts', 'application', 'platform'],
    kit: 'every part',
  },
  platform: {
    holds: 'technology without business',
    folders: ['libs/platform/*'],
    imports: ['kernel', 'platform'],
    kit: 'every part',
  },
  testing: {
    holds: 'the test kit and the simulated devices; knows no context',
    folders: ['libs/testing/*', 'libs/device-simulator'],
    imports: ['kernel', 'platform', 'testing'],
    kit: 'every part',
  },
  app: {
    holds: 'transport and the composition root',
    folders: ['apps/*'],
    imports: ['kernel', 'domain', 'contracts', 'application', 'infrastructure', 'platform', 'testing'],
    kit: 'every part',
  },
  tool: {
    holds: 'checks, the test command, generators',
    folders: ['tools/*'],
    imports: ['kernel', 'testing', 'tool'],
    kit: 'light parts',
  },
  harness: {
    holds: 'campaigns and benchmarks of the product as real processes; composes it as an app does',
    folders: ['tools/torture', 'tools/bench'],
    imports: ['kernel', 'domain', 'contracts', 'application', 'infrastructure', 'platform', 'testing', 'tool'],
    kit: 'light parts',
  },
};

export const layerNames = Object.keys(layers) as readonly Layer[];
