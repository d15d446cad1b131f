import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { commandArguments, run, table, usage, workspaceRoot } from '#tools/command';
import { topics, type Benchmark, type Topic } from './benchmarks.ts';
import { measure, type Costs } from './measure.ts';

const help = `Measures the figures that the documents state: wall time and processor time in milliseconds.

  npm run bench -- <topic> [--runs 7]

Topics: ${Object.keys(topics).join(', ')}`;

const { values, positionals } = commandArguments(help, { runs: { type: 'string', default: '7' } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) usage(help, `--runs ${values.runs} is not a number of runs.`);
if (positionals.length === 0) usage(help, 'Which topic?');

for (const name of positionals) {
  const topic = Object.hasOwn(topics, name) ? topics[name] : undefined;
  if (topic === undefined) usage(help, `There is no topic "${name}".`);
  else for (const line of await linesOf(topic)) console.log(line);
}
console.log(
  `\n${runs} runs each after one to warm up; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`,
);

async function linesOf(topic: Topic): Promise<readonly string[]> {
  return [...(await tablesOf(topic)), ...(await figuresOf(topic)), ...(await comparisonsOf(topic))];
}

type Printed = { readonly head: string[]; readonly rows: (string | number)[][] };

async function tablesOf({ tables = [] }: Topic): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { command, folder, env } of tables) {
    const { ok, output } = await run(command, { cwd: join(workspaceRoot, folder), env: env ?? {} });
    if (!ok) throw new Error(`\`${command.join(' ')}\` failed:\n${output}`);
    const { head, rows } = JSON.parse(output.slice(output.lastIndexOf('{"head"'))) as Printed;
    lines.push(...table(head, rows));
  }
  return lines;
}

async function figuresOf({ benchmarks = [] }: Topic): Promise<readonly string[]> {
  if (benchmarks.length === 0) return [];
  const rows = [];
  for (const benchmark of benchmarks) rows.push(await rowOf(benchmark));
  return table(['benchmark', 'min', 'median', 'max', 'cpu', ''], rows);
}

async function rowOf(benchmark: Benchmark): Promise<(string | number)[]> {
  const [costs] = await measure([benchmark], runs);
  if (costs === undefined) return [];
  const { wall, cpu } = costs;
  return [benchmark.name, ...[wall.min, wall.median, wall.max, cpu.median].map(Math.round), benchmark.measures];
}

type Pair = readonly [ours: Costs, theirs: Costs];

/** Medians side by side. */
async function comparisonsOf({ comparisons = [], sides, adds = false }: Topic): Promise<readonly string[]> {
  if (comparisons.length === 0) return [];
  const rows: (readonly [string, readonly Pair[]])[] = [];
  for (const { name, ours, theirs } of comparisons) {
    const [one, other] = await measure([ours, theirs], runs);
    if (one && other) rows.push([name, [[one, other]]]);
    if (!process.stdout.isTTY) console.error(`${rows.length} of ${comparisons.length}: ${name}`);
  }
  const all = rows.flatMap(([, pairs]) => pairs);
  const [one, other] = [sides?.ours ?? 'ours', sides?.theirs ?? 'theirs'];
  return table(
    ['median of runs', `${one}, wall`, other, 'more', `${one}, cpu`, other, 'more'],
    [...rows, ...(adds ? [['all of them', all] as const] : [])].map(([name, pairs]) => [
      name,
      ...compared(pairs, 'wall'),
      ...compared(pairs, 'cpu'),
    ]),
  );
}

function compared(pairs: readonly Pair[], by: keyof Costs): readonly (string | number)[] {
  const sum = (side: 0 | 1): number => pairs.reduce((total, pair) => total + pair[side][by].median, 0);
  return [Math.round(sum(0)), Math.round(sum(1)), `${(100 * (sum(0) / sum(1) - 1)).toFixed(1)} %`];
}
