import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { commandArguments, run, table, usage, workspaceRoot } from '#tools/command';
import { benchmarks, type Benchmark } from './benchmarks.ts';
import { spreadOf } from './spread.ts';

const help = `Measures the figures that the documents state: wall time in milliseconds.

  npm run bench -- <topic> [--runs 7]

Topics: ${Object.keys(benchmarks).join(', ')}`;

const { values, positionals } = commandArguments(help, { runs: { type: 'string', default: '7' } });
const chosen = positionals.flatMap((topic) => (Object.hasOwn(benchmarks, topic) ? (benchmarks[topic] ?? []) : []));
const runs = Number(values.runs);
if (chosen.length === 0) usage(help, 'Which topic?');
if (!Number.isInteger(runs) || runs < 1) usage(help, `--runs ${values.runs} is not a number of runs.`);

const rows = [];
for (const benchmark of chosen) rows.push(await measure(benchmark));
console.log(table(['benchmark', 'min', 'median', 'max', ''], rows).join('\n'));
console.log(
  `\n${runs} runs each after one to warm up; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}`,
);

async function measure({ name, measures, command, folder }: Benchmark): Promise<(string | number)[]> {
  const times: number[] = [];
  for (let count = 0; count <= runs; count += 1) {
    const { ok, output, milliseconds } = await run(command, { cwd: join(workspaceRoot, folder) });
    if (!ok) throw new Error(`\`${command.join(' ')}\` failed, so its time means nothing.\n${output}`);
    if (count > 0) times.push(milliseconds);
  }
  const { min, median, max } = spreadOf(times);
  return [name, ...[min, median, max].map(Math.round), measures];
}
