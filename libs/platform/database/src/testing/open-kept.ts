import { readdir, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { EmbeddedPostgres } from '../embedded/embedded-postgres.ts';
import { KEPT_LINKS, keptIn } from './keep-cluster.ts';

/** `npm run test:database -- <folder>`: opens the databases of failed tests until ctrl-C. */
const [folder] = process.argv.slice(2);

if (folder === undefined) {
  const names = await readdir(KEPT_LINKS).catch(() => []);
  console.error(
    `Opens the databases that failed tests left: npm run test:database -- <folder>\n` +
      (names.map((name) => relative('', join(KEPT_LINKS, name))).join('\n') || 'None is kept.'),
  );
  process.exitCode = 2;
} else {
  await open(await realpath(folder));
}

async function open(home: string): Promise<void> {
  const kept = await keptIn(home);
  if (kept.length === 0) throw new Error(`${home} is no folder in which a test run kept a database.`);
  await using server = await EmbeddedPostgres.start({ directory: home });
  for (const { database, test } of kept) {
    const url = new URL(server.url);
    url.pathname = `/${database}`;
    console.log(`${test}\n  ${url.href}\n  psql '${url.href}'`);
  }
  console.log('ctrl-C closes them. They go with the next run of their project.');
  await askedToStop();
}

function askedToStop(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const staysOpen = setInterval(() => {}, 2 ** 30);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  return promise.finally(() => clearInterval(staysOpen));
}
