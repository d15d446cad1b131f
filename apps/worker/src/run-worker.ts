import { EventRelay } from '#notifications/infrastructure';
import { expectMigrated } from '#platform/database';
import { Logger } from '#platform/logging';
import { reasonNotToStart, StartCheck } from '#platform/system';
import { JobWorker, ScheduleRunner } from '#scheduling/application';
import { DataSource } from 'typeorm';
import type { composeWorker } from './composition-root.ts';

export type RunOptions = { readonly stop: AbortSignal; readonly ready: () => void };

/** Works from when the database answers until `stop` aborts. Rejects when there is nothing it could work with. */
export async function runWorker(
  container: ReturnType<typeof composeWorker>,
  { stop, ready }: RunOptions,
): Promise<void> {
  const source = await container.getAsync(DataSource);
  try {
    await expectMigrated(source);
    const problem = await reasonNotToStart(await container.getAllAsync(StartCheck), stop);
    if (problem !== null) throw new Error(problem);
    const [logger, worker, schedules, relay] = await Promise.all([
      container.getAsync(Logger),
      container.getAsync(JobWorker),
      container.getAsync(ScheduleRunner),
      container.getAsync(EventRelay),
    ]);
    const stopping = (): void => logger.info('The worker stops as soon as its jobs are over.', { pid: process.pid });
    stop.addEventListener('abort', stopping, { once: true });
    logger.info('The worker is ready.', { pid: process.pid });
    ready();
    await Promise.all([worker.run(stop), schedules.run(stop), relay.run(stop)]);
    logger.info('The worker has stopped.', { pid: process.pid });
  } finally {
    await source.destroy();
  }
}
