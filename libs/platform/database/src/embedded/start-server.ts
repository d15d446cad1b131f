import { join } from 'node:path';
import type { ClusterHome } from './cluster-home.ts';
import { freePort } from './free-port.ts';
import { Postmaster } from './postmaster.ts';

export type ServerOptions = {
  readonly place: ClusterHome;
  readonly binaries: string;
  readonly settings: readonly string[];
  readonly throwaway: boolean;
  readonly signal: AbortSignal;
};

const PORT_ATTEMPTS = 3;

/** Between asking for a free port and listening on it another program may take it: then with another one. */
export async function startServer(
  { place, binaries, settings, throwaway, signal }: ServerOptions,
  askForPort = freePort,
): Promise<{ postmaster: Postmaster; port: number }> {
  const data = join(place.cluster, 'data');
  const options = { user: place.user, ...(throwaway && { removeAfterwards: place.home }) };
  for (let attempt = 1; ; attempt += 1) {
    const port = await askForPort();
    const args = ['-D', data, '-p', String(port), ...settings];
    try {
      return { postmaster: await Postmaster.start(join(binaries, 'bin', 'postgres'), args, options, signal), port };
    } catch (error) {
      const taken = error instanceof Error && error.message.includes('Is another postmaster already running on port');
      if (!taken || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}
