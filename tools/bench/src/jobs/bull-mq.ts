import { createPostgresBackend, withBackend } from 'bullmq';
import type { JobEngine } from './engine.ts';

const { Queue, Worker } = withBackend(createPostgresBackend);
const QUEUE = 'bench';
/** As many as the product's worker has. */
const CONNECTIONS = 14;

const at = (url: string) => ({ connection: { connectionString: url, max: CONNECTIONS } });

/** BullMQ as its documentation sets it up on PostgreSQL, with nothing of ours around it. */
export const bullMq: JobEngine = {
  prepare: async (url) => {
    const queue = new Queue(QUEUE, { connection: { connectionString: url, migrate: true } });
    await queue.waitUntilReady();
    await queue.close();
  },
  submitter: async (url) => {
    const queue = new Queue(QUEUE, at(url));
    await queue.waitUntilReady();
    return async (seq) => void (await queue.add('work', { seq }));
  },
  worker: async (url, places, name, ended) => {
    const worker = new Worker(QUEUE, async () => ({}), { ...at(url), concurrency: places, name, autorun: false });
    worker.on('completed', ended);
    worker.on('error', (error) => {
      throw error;
    });
    await worker.waitUntilReady();
    return () => worker.run();
  },
  claimer: null,
  countEnded: async (url) => {
    const queue = new Queue(QUEUE, at(url));
    const count = await queue.getCompletedCount();
    await queue.close();
    return count;
  },
};
