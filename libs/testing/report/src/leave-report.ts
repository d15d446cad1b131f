import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Leaves what a test has found, for machines: as `<name>.json` in the folder that `LOCKSTEP_TEST_REPORTS` of `environment` names,
 * which is made where it is missing; nowhere if it names none. A later report of the same name takes its place.
 */
export function leaveReport(name: string, found: unknown, environment: NodeJS.ProcessEnv): void {
  const folder = environment.LOCKSTEP_TEST_REPORTS ?? '';
  if (folder === '') return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(found, null, 2)}\n`);
}
