import { watch } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Clock } from '#kernel';

const WATCHED = ['apps', 'libs'].map((folder) => fileURLToPath(new URL(`../../../../${folder}`, import.meta.url)));
const QUIET_MS = 150;

/** Calls `restart` after each burst of changes to the sources, until the signal aborts. Specs do not count. */
export async function restartOnChange(
  {
    clock,
    restart,
    say,
  }: { readonly clock: Clock; readonly restart: () => Promise<void>; readonly say: (line: string) => void },
  signal: AbortSignal,
): Promise<void> {
  let latest = 0;
  await Promise.all(
    WATCHED.map(async (folder) => {
      for await (const { filename } of endingQuietly(watch(folder, { recursive: true, signal }), signal)) {
        if (filename === null || !filename.endsWith('.ts') || filename.endsWith('.spec.ts')) continue;
        const mine = (latest += 1);
        await clock.sleep(QUIET_MS, signal).catch(() => {});
        if (signal.aborted || mine !== latest) continue;
        say(`${filename} has changed; restarting.`);
        await restart();
      }
    }),
  );
}

async function* endingQuietly<T>(events: AsyncIterable<T>, signal: AbortSignal): AsyncIterable<T> {
  try {
    yield* events;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
