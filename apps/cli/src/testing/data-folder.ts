import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one test. The embedded PostgreSQL of a root user runs as somebody else, who has to get at it. */
export async function makeDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lockstep-data-'));
  await chmod(folder, 0o711);
  return folder;
}
