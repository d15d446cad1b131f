import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const state = z.object({
  devices: z.array(z.object({ name: z.string(), port: z.number(), hostKey: z.string() })),
});

/** What a simulated device keeps between two starts, so that its pinned host key stays valid. */
export type DemoState = z.infer<typeof state>;

/** Reads what the last start left; a file that is not there, or not ours, is an empty state: demo devices can be made anew. */
export async function readDemoState(dataDirectory: string): Promise<DemoState> {
  try {
    return state.parse(JSON.parse(await readFile(fileIn(dataDirectory), 'utf8')));
  } catch {
    return { devices: [] };
  }
}

/** Holds private keys, if only of simulated devices, so nobody else may read it. */
export async function writeDemoState(dataDirectory: string, next: DemoState): Promise<void> {
  const temporary = `${fileIn(dataDirectory)}.new`;
  await writeFile(temporary, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
  await rename(temporary, fileIn(dataDirectory));
}

function fileIn(dataDirectory: string): string {
  return join(dataDirectory, 'demo-fleet.json');
}
