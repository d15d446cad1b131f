import { assertNever } from '#kernel';
import { FinishedJob, QueuedJob, RunningJob, type Job } from './job.ts';
import { factsOf, type JobSnapshot } from './job-snapshot.ts';
import { Lease } from './lease.ts';

export function restoreJob(snapshot: JobSnapshot): Job {
  switch (snapshot.state) {
    case 'queued':
      return QueuedJob.restore(factsOf(snapshot));
    case 'running':
      return RunningJob.restore(
        factsOf(snapshot),
        Lease.restore({ token: snapshot.token, worker: snapshot.worker, expiresAt: snapshot.leaseExpiresAt }),
        snapshot.progressBy,
      );
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return FinishedJob.restore(snapshot);
    default:
      return assertNever(snapshot);
  }
}
