import { migrate } from '#platform/database';
import { JobQueue, JobWorker } from '#scheduling/application';
import { composeBenchWorker, composeSubmitter, openJobs, WORK } from './composition-root.ts';
import type { JobEngine } from './engine.ts';

const never = new AbortController().signal;
const SPARE_CONNECTIONS = 4;
const LEASE_MS = 600_000;

/** The product: jobs are submitted in a transaction that another context could join, and handled by its worker. */
export const lockstep: JobEngine = {
  prepare: async (url, signal) => {
    const source = await openJobs(url, 2);
    await migrate(source, signal);
    await source.destroy();
  },
  submitter: async (url) => {
    const transaction = composeSubmitter(await openJobs(url));
    return async (seq) => {
      const submitted = await transaction.run((jobs) => jobs.submit({ type: WORK, payload: { seq } }), never);
      if (!submitted.ok) throw new Error(`A job was refused: ${submitted.error.kind}.`);
    };
  },
  worker: async (url, places, name, ended) => {
    const source = await openJobs(url, places + SPARE_CONNECTIONS);
    const worker = composeBenchWorker(source, { places, name, ended }).get(JobWorker);
    return () => worker.run(never);
  },
  claimer: async (url, callers) => {
    const source = await openJobs(url, callers);
    const queue = composeBenchWorker(source, { places: callers, name: 'claimer', ended: () => {} }).get(JobQueue);
    const claim = { types: [WORK], worker: 'claimer', limit: 1, leaseMs: LEASE_MS };
    return async () => {
      const [job] = await queue.claim(claim, never);
      if (job === undefined) throw new Error('There was no job to claim.');
      return () => queue.complete(job.lease, {}, never);
    };
  },
  countEnded: async (url) => {
    const source = await openJobs(url, 1);
    const [row] = await source.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM jobs WHERE state = 'succeeded'`,
    );
    await source.destroy();
    return row?.count ?? 0;
  },
};
