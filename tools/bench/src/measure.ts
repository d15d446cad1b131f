import { join } from 'node:path';
import { run, workspaceRoot } from '#tools/command';
import type { Command } from './benchmarks.ts';
import { spreadOf, type Spread } from './spread.ts';

/** In milliseconds: by the clock on the wall, and of processors, those of all processes that the command started together. */
export type Cost = { readonly wall: number; readonly cpu: number };
export type Costs = { readonly wall: Spread; readonly cpu: Spread };

/** What each command costs over `runs` rounds, in turns, after one round to warm up. */
export async function measure(commands: readonly Command[], runs: number): Promise<readonly Costs[]> {
  const costs = commands.map((): Cost[] => []);
  for (let round = 0; round <= runs; round += 1) {
    // Whoever comes second finds the caches warm: so each comes first in every other round.
    const turns = round % 2 === 0 ? [...commands.keys()] : [...commands.keys()].reverse();
    for (const index of turns) {
      const command = commands[index];
      if (command === undefined) continue;
      const cost = await once(command);
      if (round > 0) costs[index]?.push(cost);
    }
  }
  return costs.map((ones) => ({
    wall: spreadOf(ones.map(({ wall }) => wall)),
    cpu: spreadOf(ones.map(({ cpu }) => cpu)),
  }));
}

/** Node does not tell what a child has used; the shell does, of the child and of all that it has waited for. */
const TIMED = ['bash', '-c', 'TIMEFORMAT="cpu: %3U %3S"; time "$@"', 'timed'];

async function once({ command, folder, env = {} }: Command): Promise<Cost> {
  const { ok, output, milliseconds } = await run([...TIMED, ...command], { cwd: join(workspaceRoot, folder), env });
  if (!ok) throw new Error(`\`${command.join(' ')}\` failed in ${folder}, so its time means nothing.\n${output}`);
  const [, user, system] = /^cpu: ([\d.]+) ([\d.]+)$/m.exec(output) ?? [];
  return { wall: milliseconds, cpu: 1_000 * (Number(user) + Number(system)) };
}
