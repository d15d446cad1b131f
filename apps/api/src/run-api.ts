import type { Config } from '#platform/config';
import { reasonNotToStart, StartCheck } from '#platform/system';
import { once } from 'node:events';
import { CannotStart } from './cannot-start.ts';
import { composeApi, composeLogger } from './composition-root.ts';
import { openApiDatabase } from './open-api-database.ts';
import { serveApi } from './serve-api.ts';

export type RunOptions = { readonly stop: AbortSignal; readonly ready: (url: string) => void };

/** Serves from when the database is there until `stop` aborts; then requests in flight finish before the database goes. */
export async function runApi(config: Config, { stop, ready }: RunOptions): Promise<void> {
  const logger = composeLogger(config);
  await using database = await openApiDatabase(config, logger, stop);
  const container = composeApi(config, database.source);
  const problem = await reasonNotToStart(await container.getAllAsync(StartCheck), stop);
  if (problem !== null) throw new CannotStart(problem);
  const server = await serveApi(container, config);
  try {
    logger.info('The API listens.', { url: server.url, pid: process.pid });
    ready(server.url);
    if (!stop.aborted) await Promise.race([once(stop, 'abort'), database.lost]);
    logger.info('The API stops.', { pid: process.pid });
  } finally {
    await server.close();
  }
}
