import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { commandArguments, run, usage, workspaceRoot } from '#tools/command';
import { readResults } from './results.ts';
import { differences } from './verdicts.ts';

const help = `Runs the whole suite again and again, each time in another order, every other time on a machine that is busy with
something else, and compares the verdicts: a test that passes only sometimes is a defect.

  npm run soak                    50 runs
  npm run soak -- --runs 4        fewer
  npm run soak -- <project> ...   only these projects

Exit status: 0 when every run came to the same verdicts and nothing failed, 1 when not.`;

const { values, positionals } = commandArguments(help, { runs: { type: 'string', default: '50' } });
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) usage(help, `--runs ${values.runs} is not a number of runs.`);

let alike = 0;
let first: ReturnType<typeof readResults> | undefined;
for (let number = 1; number <= runs; number += 1) {
  const seed = randomInt(1_000_000);
  const busy = number % 2 === 0;
  const milliseconds = await suite(seed, busy);
  const results = readResults(workspaceRoot, 'test');
  first ??= results;
  const found = differences(first, results);
  if (found.length === 0) alike += 1;
  const verdict = found.length === 0 ? 'the same' : 'DIFFERENT';
  console.log(
    `${number}/${runs}  seed ${seed}  ${busy ? 'busy' : 'quiet'}  ${Math.round(milliseconds / 1000)} s  ${verdict}`,
  );
  for (const line of found) console.log(`    ${line}`);
}
console.log(`\n${alike} passed, ${runs - alike} failed`);
process.exitCode = alike === runs ? 0 : 1;

async function suite(seed: number, busy: boolean): Promise<number> {
  const others = busy ? Array.from({ length: availableParallelism() }, occupy) : [];
  try {
    const command = ['node', 'tools/test/src/main.ts', '--seed', String(seed), ...positionals];
    return (await run(command)).milliseconds;
  } finally {
    for (const other of others) other.kill('SIGKILL');
  }
}

/** A process that wants a whole core, and ends with this one. */
function occupy(): ChildProcess {
  const program =
    'process.on("disconnect", () => process.exit()); (function turn() { const end = Date.now() + 50; while (Date.now() < end); setImmediate(turn); })();';
  return spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}
