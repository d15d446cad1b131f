import { readCachedProjectGraph } from '@nx/devkit';
import { commandArguments, run, usage, workspaceRoot } from '#tools/command';
import { honestReport } from '#testing/report';
import { randomInt } from 'node:crypto';
import { mergedFacts } from './merged-facts.ts';
import { forgetResults, readResults, type Target } from './results.ts';
import { summarize } from './summary.ts';

const help = `Runs the tests of every project and adds them up. The last line is "N passed, N failed".

  npm test                   every *.spec.ts; what has not changed comes from the cache
  npm test -- <project> ...  only these projects, such as devices-domain
  npm test -- --fresh        without the cache
  npm test -- --shuffle      suites and tests in an order drawn anew, or from LOCKSTEP_TEST_SEED where that is set
  npm test -- --seed <n>     in the order that was drawn from this number; implies --fresh
  npm test -- --system       every *.system.ts: tests that need Debian packages

What a change touches: npx nx affected -t test.
One file: cd libs/devices/domain && npx mocha src/device.spec.ts`;

const { values, positionals } = commandArguments(help, {
  fresh: { type: 'boolean', default: false },
  shuffle: { type: 'boolean', default: false },
  seed: { type: 'string' },
  system: { type: 'boolean', default: false },
});

const shuffle = shuffled();
// One seed for what all projects generate. It is no input of theirs: a cached result tells its own.
if (!shuffle) process.env['LOCKSTEP_TEST_DATA_SEED'] ??= String(randomInt(2 ** 31));
process.exitCode = await test(values.system ? 'test:system' : 'test', values.fresh || values.seed !== undefined);

/** Whether an order is wanted. The test kit reads the seed in every process that runs tests. */
function shuffled(): boolean {
  const { seed = values.shuffle ? drawnSeed() : undefined } = values;
  if (seed === undefined) return false;
  if (!/^\d{1,9}$/.test(seed)) usage(help, `A seed is a whole number, not ${JSON.stringify(seed)}.`);
  process.env['LOCKSTEP_TEST_SEED'] = seed;
  console.log(`Shuffled by seed ${seed}; npm test -- --seed ${seed} repeats it.\n`);
  return true;
}

/** The seed is an input of every target, so a result of another order never answers for this one. */
function drawnSeed(): string {
  return process.env['LOCKSTEP_TEST_SEED'] || String(randomInt(1_000_000));
}

async function test(target: Target, fresh: boolean): Promise<number> {
  forgetResults(workspaceRoot, target);
  const chosen = positionals.length > 0 ? ['-p', positionals.join(',')] : [];
  const options = [...chosen, '--output-style=static', ...(fresh ? ['--skip-nx-cache'] : [])];
  const { ok } = await run(['nx', 'run-many', '-t', target, ...options], { shown: true });

  const projects = projectsWith(target);
  const unknown = positionals.filter((name) => !projects.includes(name));
  if (unknown.length > 0) usage(help, `There are no such tests in ${unknown.join(', ')}.`);
  const results = readResults(workspaceRoot, target);
  const wanted = positionals.length > 0 ? positionals : projects;
  const { lines, passed, failed } = summarize(wanted, results, { everythingSucceeded: ok });
  const report = honestReport(mergedFacts(wanted, results));
  console.log(`\n${lines.join('\n')}\n\n${report.join('\n')}\n\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** As the run just saw them: Nx leaves its graph behind. */
function projectsWith(target: Target): readonly string[] {
  const nodes = Object.values(readCachedProjectGraph().nodes);
  return nodes.filter(({ data }) => data.targets?.[target]).map(({ name }) => name);
}
