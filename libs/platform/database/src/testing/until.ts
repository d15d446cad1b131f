import { setTimeout as pause } from 'node:timers/promises';

/** Waits for what another process or a server does, as long as the test may take. Looking costs, so not at every turn. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(5);
}
