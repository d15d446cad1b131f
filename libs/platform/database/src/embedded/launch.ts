import { chown, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { claimFolder } from './claim.ts';
import { findClusterHome } from './cluster-home.ts';
import { createCluster } from './create-cluster.ts';
import { endOrphan } from './orphan.ts';
import { packagedBinaries } from './packaged-binaries.ts';
import { settingsFor, type Durability } from './settings.ts';
import { startServer } from './start-server.ts';
import { usableBinaries } from './usable-binaries.ts';

export type LaunchOptions = {
  readonly directory: string;
  readonly stateFolders: readonly string[] | undefined;
  readonly durability: Durability;
  readonly say: (note: string) => void;
  readonly signal: AbortSignal;
};

export type LaunchedServer = {
  readonly url: string;
  readonly directory: string;
  readonly ended: Promise<string>;
  readonly stop: (withinMs?: number) => Promise<void>;
};

/** From a folder to a server that takes connections: place, claim, programs, cluster, orphan, server. */
export async function launch({
  directory,
  stateFolders,
  durability,
  say,
  signal,
}: LaunchOptions): Promise<LaunchedServer> {
  const packaged = packagedBinaries();
  const place = await findClusterHome(directory, stateFolders);
  if (place.home !== directory)
    say(`The database is in ${place.home}, because its server cannot work in ${directory}.`);
  await using undo = new AsyncDisposableStack();
  const claim = undo.use(await claimFolder(place.home));
  const binaries = await usableBinaries(packaged, { user: place.user });
  const { auth, settings } = settingsFor(durability);
  if (!place.exists) await createCluster(place, { binaries, auth, signal });
  await endOrphan(join(place.cluster, 'data'), signal);
  const throwaway = durability === 'throwaway';
  if (throwaway && place.user) await chown(place.home, place.user.uid, place.user.gid); // its shell removes the folder
  const { postmaster, port } = await startServer({ place, binaries, settings, throwaway, signal });
  const password = await readFile(join(place.cluster, 'password'), 'utf8');
  undo.move();
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    directory: place.home,
    ended: postmaster.ended,
    stop: async (withinMs) => {
      await postmaster.stop(withinMs);
      await claim[Symbol.asyncDispose]();
      if (throwaway) await rm(place.home, { recursive: true, force: true });
    },
  };
}
