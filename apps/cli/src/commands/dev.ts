import { watch } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Clock } from '#kernel';

const SOURCES = ['apps', 'libs'].map((folder) => fileURLToPath(new URL(`../../../../${folder}`, import.meta.url)));
const QUIET_MS = 150;

export type Restart = {
  readonly clock: Clock;
  readonly restart: () => Promise<void>;
  readonly say: (line: string) => void;
  readonly folders?: readonly string[];
};

/**
 * Calls `restart` after each burst of changes to the sources, until the signal aborts. Specs do not count. What changes
 * while a restart is under way leads to another one.
 */
export async function restartOnChange(
  { clock, restart, say, folders = SOURCES }: Restart,
  signal: AbortSignal,
): Promise<void> {
  let changed = Promise.withResolvers<string>();
  const watching = folders.map(async (folder) => {
    for await (const file of changesIn(folder, signal)) changed.resolve(file);
  });
  const stopped = Promise.all(watching).then(() => null);

  for (;;) {
    const file = await Promise.race([changed.promise, stopped]);
    if (file === null) return;
    await clock.sleep(QUIET_MS, signal).catch(() => {});
    if (signal.aborted) return;
    changed = Promise.withResolvers<string>();
    say(`${file} has changed; restarting.`);
    await restart();
  }
}

async function* changesIn(folder: string, signal: AbortSignal): AsyncIterable<string> {
  try {
    for await (const { filename } of watch(folder, { recursive: true, signal })) {
      if (filename?.endsWith('.ts') === true && !filename.endsWith('.spec.ts')) yield filename;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
