export type Benchmark = {
  readonly name: string;
  readonly measures: string;
  readonly command: readonly string[];
  /** The folder it runs in, from the root of the workspace. */
  readonly folder: string;
};

/** The figures that documents state, by the topic they are asked for with. */
export const benchmarks: Readonly<Record<string, readonly Benchmark[]>> = {
  domain: [
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
};
