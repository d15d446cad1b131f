import { join } from 'node:path';
import { run, workspaceRoot } from '#tools/command';
import type { Command } from './benchmarks.ts';
import { spreadOf, type Spread } from './spread.ts';

/** The wall times of each command over `runs` rounds, in turns, after one round to warm up. */
export async function measure(commands: readonly Command[], runs: number): Promise<readonly Spread[]> {
  const times = commands.map((): number[] => []);
  for (let round = 0; round <= runs; round += 1) {
    // Whoever comes second finds the caches warm: so each comes first in every other round.
    const turns = round % 2 === 0 ? [...commands.keys()] : [...commands.keys()].reverse();
    for (const index of turns) {
      const command = commands[index];
      if (command === undefined) continue;
      const milliseconds = await once(command);
      if (round > 0) times[index]?.push(milliseconds);
    }
  }
  return times.map(spreadOf);
}

async function once({ command, folder, env = {} }: Command): Promise<number> {
  const { ok, output, milliseconds } = await run(command, { cwd: join(workspaceRoot, folder), env });
  if (!ok) throw new Error(`\`${command.join(' ')}\` failed in ${folder}, so its time means nothing.\n${output}`);
  return milliseconds;
}
