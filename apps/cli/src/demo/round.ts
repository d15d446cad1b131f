import type { Clock } from '#kernel';
import type { ApiDevice, ApiJob, LockstepClient } from '../client/lockstep-client.ts';

const POLL_MS = 100;
const ROUND_LIMIT_MS = 120_000;

/** How the backup of one device ended. */
export type DeviceOutcome = { readonly device: string; readonly model: string; readonly attempts: number } & (
  | { readonly kind: 'stored'; readonly versionId: string; readonly bytes: number }
  | { readonly kind: 'unchanged'; readonly versionId: string; readonly bytes: number }
  | { readonly kind: 'failed'; readonly reason: string }
);

type Watch = {
  readonly finished: (outcome: DeviceOutcome) => void;
  readonly running: (devices: readonly string[]) => void;
};
type Waiting = { readonly device: ApiDevice; readonly jobId: string };

/** Backs up the given devices once and waits, for two minutes at most, until every job has ended. */
export async function backUp(
  { client, clock }: { readonly client: LockstepClient; readonly clock: Clock },
  devices: readonly ApiDevice[],
  watch: Watch,
  signal: AbortSignal,
): Promise<DeviceOutcome[]> {
  using limit = clock.deadline(ROUND_LIMIT_MS, signal);
  const jobs = await client.requestBackups(
    devices.map(({ id }) => id),
    limit.signal,
  );
  const jobOf = new Map(jobs.map(({ deviceId, jobId }) => [deviceId, jobId]));
  let waiting: Waiting[] = devices.map((device) => ({ device, jobId: jobOf.get(device.id) ?? '' }));
  const outcomes: DeviceOutcome[] = [];

  while (waiting.length > 0) {
    const seen = await Promise.all(
      waiting.map(async (one) => ({ one, job: await client.job(one.jobId, limit.signal) })),
    );
    for (const { one, job } of seen) {
      const outcome = outcomeOf(one.device, job);
      if (outcome === undefined) continue;
      outcomes.push(outcome);
      watch.finished(outcome);
    }
    waiting = seen.filter(({ one, job }) => outcomeOf(one.device, job) === undefined).map(({ one }) => one);
    watch.running(seen.filter(({ job }) => job.state === 'running').map(({ one }) => one.device.name));
    if (waiting.length > 0) await clock.sleep(POLL_MS, limit.signal);
  }
  return outcomes.toSorted((a, b) => a.device.localeCompare(b.device));
}

function outcomeOf(device: ApiDevice, job: ApiJob): DeviceOutcome | undefined {
  const about = { device: device.name, model: device.model, attempts: job.attempt };
  if (job.state === 'succeeded' && job.result !== null) {
    return { ...about, kind: job.result.outcome, versionId: job.result.versionId, bytes: job.result.bytes };
  }
  if (job.state === 'failed')
    return { ...about, kind: 'failed', reason: job.failure?.reason ?? 'no reason was recorded' };
  return undefined;
}
