import { noAmbient } from './ambient.ts';

export const noAmbientTime = noAmbient({
  instead:
    'is time nobody can control in a test. Ask for the Clock port (now, sleep, deadline); in a spec use ManualClock of #kernel/testing.',
  globals: ['setTimeout', 'setInterval', 'setImmediate', 'performance'],
  members: {
    Date: ['now'],
    AbortSignal: ['timeout'],
    Atomics: ['wait', 'waitAsync'],
    process: ['hrtime', 'uptime'],
    Temporal: ['Now'],
  },
  modules: { timers: [], 'timers/promises': [], perf_hooks: ['performance', 'default'], process: ['hrtime', 'uptime'] },
  date: true,
});

export const noAmbientRandomness = noAmbient({
  instead:
    'makes every run different. Ask for the Ids port; in a spec use SequentialIds of #kernel/testing, or fast-check for random data.',
  globals: [],
  members: {
    Math: ['random'],
    crypto: ['randomUUID', 'getRandomValues'],
    webcrypto: ['randomUUID', 'getRandomValues'],
  },
  modules: { crypto: ['randomUUID'] },
});

export const noAmbientEnvironment = noAmbient({
  instead:
    'is read in one place. Add the name to the schema of #platform/config, and take the value as an argument here.',
  globals: [],
  members: { process: ['env', 'loadEnvFile'] },
  modules: { process: ['env', 'loadEnvFile'] },
});
