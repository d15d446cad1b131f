import { availableParallelism, loadavg } from 'node:os';
import { commandArguments, table, usage } from '#tools/command';
import { topics, type Benchmark, type Topic } from './benchmarks.ts';
import { measure } from './measure.ts';

const help = `Measures the figures that the documents state: wall time in milliseconds.

  npm run bench -- <topic> [--runs 7]

Topics: ${Object.keys(topics).join(', ')}`;

const { values, positionals } = commandArguments(help, { runs: { type: 'string', default: '7' } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) usage(help, `--runs ${values.runs} is not a number of runs.`);
if (positionals.length === 0) usage(help, 'Which topic?');

for (const name of positionals) {
  const topic = Object.hasOwn(topics, name) ? topics[name] : undefined;
  if (topic === undefined) usage(help, `There is no topic "${name}".`);
  else for (const line of [...(await figuresOf(topic)), ...(await comparisonsOf(topic))]) console.log(line);
}
console.log(
  `\n${runs} runs each after one to warm up; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`,
);

async function figuresOf({ benchmarks = [] }: Topic): Promise<readonly string[]> {
  if (benchmarks.length === 0) return [];
  const rows = [];
  for (const benchmark of benchmarks) rows.push(await rowOf(benchmark));
  return table(['benchmark', 'min', 'median', 'max', ''], rows);
}

async function rowOf(benchmark: Benchmark): Promise<(string | number)[]> {
  const [spread] = await measure([benchmark], runs);
  const { min = 0, median = 0, max = 0 } = spread ?? {};
  return [benchmark.name, ...[min, median, max].map(Math.round), benchmark.measures];
}

/** Medians side by side; the last line adds them up. */
async function comparisonsOf({ comparisons = [], sides }: Topic): Promise<readonly string[]> {
  if (comparisons.length === 0) return [];
  const rows: (readonly [string, number, number])[] = [];
  for (const { name, ours, theirs } of comparisons) {
    const [one, other] = await measure([ours, theirs], runs);
    rows.push([name, one?.median ?? 0, other?.median ?? 0]);
    if (!process.stdout.isTTY) console.error(`${rows.length} of ${comparisons.length}: ${name}`);
  }
  const sum = (side: 1 | 2): number => rows.reduce((total, row) => total + row[side], 0);
  return table(
    ['median of runs', sides?.ours ?? 'ours', sides?.theirs ?? 'theirs', 'more'],
    [...rows, ['all of them', sum(1), sum(2)] as const].map(([name, one, other]) => [
      name,
      Math.round(one),
      Math.round(other),
      `${(100 * (one / other - 1)).toFixed(1)} %`,
    ]),
  );
}
