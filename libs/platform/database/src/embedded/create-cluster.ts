import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterHome } from './cluster-home.ts';
import { EmbeddedPostgresFailed } from './errors.ts';
import { LastWords } from './last-words.ts';
import { onAbort } from '../on-abort.ts';
import { spawnTied } from './tied-process.ts';

const DRAFT = '.draft-';

type Options = { readonly binaries: string; readonly auth: 'scram-sha-256' | 'trust'; readonly signal: AbortSignal };

/**
 * Makes a cluster and its password. Both are made aside and appear together by one rename, so a crash in the middle
 * leaves a draft, which the next start removes, and never a half-made cluster.
 */
export async function createCluster(
  { home, cluster, user }: ClusterHome,
  { binaries, auth, signal }: Options,
): Promise<void> {
  await removeDrafts(home);
  const draft = await mkdtemp(join(home, DRAFT));
  try {
    await writeFile(join(draft, 'password'), randomBytes(24).toString('base64url'), { mode: 0o600 });
    await mkdir(join(draft, 'data'), { mode: 0o700 });
    if (user) for (const path of ['.', 'password', 'data']) await chown(join(draft, path), user.uid, user.gid);
    await initialise(join(binaries, 'bin', 'initdb'), draft, { auth, user, signal });
    await rename(draft, cluster);
  } catch (error) {
    await rm(draft, { recursive: true, force: true, maxRetries: 3 });
    throw error;
  }
}

async function removeDrafts(home: string): Promise<void> {
  const drafts = (await readdir(home)).filter((name) => name.startsWith(DRAFT));
  for (const name of drafts) await rm(join(home, name), { recursive: true, force: true, maxRetries: 3 });
}

async function initialise(
  initdb: string,
  draft: string,
  { auth, user, signal }: Omit<Options, 'binaries'> & Pick<ClusterHome, 'user'>,
): Promise<void> {
  signal.throwIfAborted();
  const run = spawnTied(
    initdb,
    [
      ...[
        '--pgdata',
        join(draft, 'data'),
        '--username',
        'postgres',
        '--pwfile',
        join(draft, 'password'),
        '--auth',
        auth,
      ],
      // The built-in locale sorts the same on every system, so an upgrade of the system cannot spoil an index.
      ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
    ],
    { user },
  );
  using _ = onAbort(signal, run.release);
  const lastWords = new LastWords(run.stderr);
  const result = await run.ended;
  signal.throwIfAborted();
  if (result !== 0) throw new EmbeddedPostgresFailed(`initdb ended with ${result}.`, String(lastWords));
}
