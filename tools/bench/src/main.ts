import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { commandArguments, run, table, usage, workspaceRoot } from '#tools/command';
import { stopSignal } from '#platform/system';
import { topics, type Benchmark, type Topic } from './benchmarks.ts';
import { measure, type Costs } from './measure.ts';

const USUAL_RUNS = 7;

const help = `Measures the figures that the documents state: wall time and processor time in milliseconds.

  npm run bench -- <topic> [--runs n] [--quick] [--json]

  --runs   how often each is measured; 7 when not given, and what three minutes allow for figures of the product
  --quick  a small size, to try whether it runs: its figures mean little
  --json   prints the tables as JSON

Topics: ${Object.keys(topics).join(', ')}`;

const { values, positionals } = commandArguments(help, {
  runs: { type: 'string' },
  quick: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});
const asked = values.runs === undefined ? null : Number(values.runs);
const runs = asked ?? USUAL_RUNS;
if (!Number.isInteger(runs) || runs < 1) usage(help, `--runs ${values.runs} is not a number of runs.`);
if (positionals.length === 0) usage(help, 'Which topic?');

const load = (): string => (loadavg()[0] ?? 0).toFixed(1);
let stop: AbortSignal | undefined;
try {
  for (const name of positionals) {
    const topic = Object.hasOwn(topics, name) ? topics[name] : undefined;
    if (topic === undefined) usage(help, `There is no topic "${name}".`);
    else await show(name, topic);
  }
} catch (error) {
  if (!stop?.aborted) throw error;
  console.error('Interrupted.');
  process.exitCode = 130;
}

async function show(name: string, topic: Topic): Promise<void> {
  const before = load();
  const printed = await printedOf(topic);
  const [after, cores, times] = [load(), availableParallelism(), topic.product ? (asked ?? topic.product.runs) : runs];
  if (values.json) {
    const machine = { cores, node: process.version, loadBefore: Number(before), loadAfter: Number(after) };
    return console.log(JSON.stringify({ topic: name, runs: times, tables: printed, machine }));
  }
  for (const line of printed.flatMap(linesOf)) console.log(line);
  const measured = topic.product ? `Runs: ${times}` : `${times} runs each after one to warm up`;
  console.log(`\n${measured}; ${cores} cores, load ${before} before and ${after} after`);
}

async function printedOf(topic: Topic): Promise<readonly Printed[]> {
  return [
    ...(await productOf(topic)),
    ...(await tablesOf(topic)),
    ...(await figuresOf(topic)),
    ...(await comparisonsOf(topic)),
  ];
}

type Printed = {
  readonly title?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
};

function linesOf({ title, head, rows }: Printed): readonly string[] {
  return [...(title === undefined ? [] : ['', title]), ...table(head, rows)];
}

async function productOf({ product }: Topic): Promise<readonly Printed[]> {
  if (product === undefined) return [];
  const size = values.quick ? 'quick' : 'usual';
  const measureIt = await product.measure();
  const tell = (doing: string): void => console.error(doing);
  stop ??= stopSignal();
  return measureIt({ size, runs: asked ?? product.runs, signal: stop, tell });
}

async function tablesOf({ tables = [] }: Topic): Promise<readonly Printed[]> {
  const printed: Printed[] = [];
  for (const { command, folder, env } of tables) {
    const { ok, output } = await run(command, { cwd: join(workspaceRoot, folder), env: env ?? {} });
    if (!ok) throw new Error(`\`${command.join(' ')}\` failed:\n${output}`);
    const { head, rows } = JSON.parse(output.slice(output.lastIndexOf('{"head"'))) as Printed;
    printed.push({ head, rows });
  }
  return printed;
}

async function figuresOf({ benchmarks = [] }: Topic): Promise<readonly Printed[]> {
  if (benchmarks.length === 0) return [];
  const rows = [];
  for (const benchmark of benchmarks) rows.push(await rowOf(benchmark));
  return [{ head: ['benchmark', 'min', 'median', 'max', 'cpu', ''], rows }];
}

async function rowOf(benchmark: Benchmark): Promise<(string | number)[]> {
  const [costs] = await measure([benchmark], runs);
  if (costs === undefined) return [];
  const { wall, cpu } = costs;
  return [benchmark.name, ...[wall.min, wall.median, wall.max, cpu.median].map(Math.round), benchmark.measures];
}

type Pair = readonly [ours: Costs, theirs: Costs];

/** Medians side by side. */
async function comparisonsOf({ comparisons = [], sides, adds = false }: Topic): Promise<readonly Printed[]> {
  if (comparisons.length === 0) return [];
  const rows: (readonly [string, readonly Pair[]])[] = [];
  for (const { name, ours, theirs } of comparisons) {
    const [one, other] = await measure([ours, theirs], runs);
    if (one && other) rows.push([name, [[one, other]]]);
    if (!process.stdout.isTTY) console.error(`${rows.length} of ${comparisons.length}: ${name}`);
  }
  const all = rows.flatMap(([, pairs]) => pairs);
  const [one, other] = [sides?.ours ?? 'ours', sides?.theirs ?? 'theirs'];
  const head = ['median of runs', `${one}, wall`, other, 'more', `${one}, cpu`, other, 'more'];
  const compared = [...rows, ...(adds ? [['all of them', all] as const] : [])];
  return [
    { head, rows: compared.map(([name, pairs]) => [name, ...difference(pairs, 'wall'), ...difference(pairs, 'cpu')]) },
  ];
}

function difference(pairs: readonly Pair[], by: keyof Costs): readonly (string | number)[] {
  const sum = (side: 0 | 1): number => pairs.reduce((total, pair) => total + pair[side][by].median, 0);
  return [Math.round(sum(0)), Math.round(sum(1)), `${(100 * (sum(0) / sum(1) - 1)).toFixed(1)} %`];
}
