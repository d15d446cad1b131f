export type Step = {
  readonly name: string;
  /** What is true when it passes. */
  readonly proves: string;
  readonly command: readonly string[];
  /** What to do when it does not, where the output does not say so. */
  readonly hint?: string;
};

const nx = (...targets: readonly string[]): readonly string[] => ['nx', 'run', ...targets, '--output-style=static'];

/** All that `npm run check` does; the longest first. Answers that have not changed come from Nx's cache. */
export const steps: readonly Step[] = [
  { name: 'lint', proves: 'layers, contexts, packages, promises, time', command: nx('workspace:lint') },
  {
    name: 'format',
    proves: 'every file is formatted',
    command: ['prettier', '--check', '--log-level=warn', '.'],
    hint: 'npm run format',
  },
  { name: 'types', proves: 'every file compiles', command: nx('workspace:typecheck') },
  { name: 'projects', proves: 'folders, names, tags and specs agree', command: nx('tools-architecture:test') },
  {
    name: 'contracts',
    proves: 'every port has a suite, every adapter is held to it',
    command: [
      'node',
      'libs/testing/contracts/src/main.ts',
      'libs',
      'apps',
      '--except',
      'tools/architecture/src/without-contract.json',
    ],
  },
  { name: 'planted', proves: 'every rule reports its planted violation', command: nx('tools-lint:test') },
  { name: 'environment', proves: '.env.example names what is read', command: nx('platform-config:test') },
  {
    name: 'drift',
    proves: 'the migrations make what the rows describe',
    command: ['nx', 'run-many', '-t', 'test', '-p', 'tag:layer:infrastructure', '--output-style=static'],
  },
];
