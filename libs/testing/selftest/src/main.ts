import { parseArgs } from 'node:util';
import { goals } from './goals.ts';
import type { Goal, Measured } from './goal.ts';

const help = `Proves the test kit: breaks every rule once, and measures what the kit makes of it, beside its peers.

  npm run selftest                every goal
  npm run selftest -- K12 K18     some of them
  npm run selftest -- --json      [{ id, claim, target, measured, passed, peers, details }] and nothing else

${goals.map(({ id, claim }) => `  ${id.padEnd(4)} ${claim}`).join('\n')}

Exit status: 0 when every goal was reached, 1 when one was not, 2 for a goal that does not exist.`;

const GOAL_LIMIT_MS = 300_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
});
if (values.help) {
  console.log(help);
} else {
  const unknown = positionals.filter((id) => !goals.some((goal) => goal.id === id));
  if (unknown.length > 0) {
    console.error(`There is no goal ${unknown.join(', ')}.\n\n${help}`);
    process.exitCode = 2;
  } else {
    process.exitCode = await prove(goals.filter(({ id }) => positionals.length === 0 || positionals.includes(id)));
  }
}

type Verdict = Pick<Goal, 'id' | 'claim' | 'target'> & Measured & { readonly milliseconds: number };

async function prove(chosen: readonly Goal[]): Promise<number> {
  const verdicts: Verdict[] = [];
  for (const goal of chosen) {
    const verdict = await verdictOf(goal);
    verdicts.push(verdict);
    if (!values.json) for (const line of linesOf(verdict)) console.log(line);
  }
  const reached = verdicts.filter(({ passed }) => passed).length;
  if (values.json) console.log(JSON.stringify(verdicts, null, 2));
  else console.log(`\n${reached} passed, ${verdicts.length - reached} failed`);
  return reached === verdicts.length ? 0 : 1;
}

async function verdictOf({ id, claim, target, check }: Goal): Promise<Verdict> {
  const started = performance.now();
  const progress = (line: string): void => {
    if (!values.json) process.stderr.write(process.stderr.isTTY ? `\r\u001B[K${id}: ${line}` : `${id}: ${line}\n`);
  };
  const measured = await check({ signal: AbortSignal.timeout(GOAL_LIMIT_MS), progress }).catch(
    (error: unknown): Measured => ({
      passed: false,
      measured: 'the check itself failed',
      peers: [],
      details: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    }),
  );
  if (!values.json && process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  return { id, claim, target, ...measured, milliseconds: Math.round(performance.now() - started) };
}

function linesOf({
  id,
  claim,
  target,
  measured,
  passed,
  peers,
  details = [],
  milliseconds,
}: Verdict): readonly string[] {
  return [
    `${passed ? '✓' : '✗'} ${id.padEnd(4)} ${claim}`,
    `       target ${target}; measured ${measured} (${(milliseconds / 1000).toFixed(1)} s)`,
    ...peers.map((peer) => `       ${peer.name}: ${peer.measured}`),
    ...(passed ? [] : details.map((detail) => `       ${detail}`)),
  ];
}
