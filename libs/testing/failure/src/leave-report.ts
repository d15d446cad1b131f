import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultSweep } from './fault-sweep.ts';
import { hashOf } from './replay-token.ts';

/** Leaves the sweep as a file in the folder that `LOCKSTEP_TEST_REPORTS` names, if it names one. */
export function leaveReport(sweep: FaultSweep, environment: NodeJS.ProcessEnv): void {
  const folder = environment.LOCKSTEP_TEST_REPORTS ?? '';
  if (folder === '') return;
  const { title, file } = sweep;
  mkdirSync(folder, { recursive: true });
  const name = `faults-${hashOf({ title, file: file ?? undefined })}.json`;
  writeFileSync(join(folder, name), `${JSON.stringify(sweep, null, 2)}\n`);
}
