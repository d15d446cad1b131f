import { isClaim, isFinal, type Facts, type JobFact, type Transition } from './facts.ts';

/** What the history breaks, in sentences that begin with the invariant's number. Empty for a history as it has to be. */
export function brokenInvariants(facts: Facts): readonly string[] {
  return [
    ...lost(facts),
    ...endedTwice(facts),
    ...writtenByOthers(facts),
    ...effectsOutOfPlace(facts),
    ...miscounted(facts),
  ];
}

/** I1: what was acknowledged ends; what was refused is not there; what is unknown is there at most once. */
function lost({ submissions, jobs }: Facts): readonly string[] {
  const bySeq = Map.groupBy(jobs, ({ seq }) => seq);
  return submissions.flatMap(({ seq, outcome }) => {
    const found = bySeq.get(seq) ?? [];
    if (outcome === 'ok' && found.length === 0) return [`I1: job ${seq} was acknowledged, and is lost.`];
    if (outcome === 'refused' && found.length > 0) return [`I1: job ${seq} was refused, and is there.`];
    if (found.length > 1) return [`I1: job ${seq} is there ${found.length} times.`];
    return found
      .filter(({ state }) => !isFinal(state))
      .map(({ state, attempt }) => `I1: job ${seq} is stuck as ${state} after ${attempt} attempts.`);
  });
}

/** I2: one end, and it is final. */
function endedTwice({ transitions, jobs }: Facts): readonly string[] {
  const name = namesOf(jobs);
  return [...Map.groupBy(transitions, ({ jobId }) => jobId)].flatMap(([id, all]) => {
    const reopened = all.filter(({ from }) => from !== null && isFinal(from));
    const ends = all.filter(({ from, to }) => isFinal(to) && !(from !== null && isFinal(from)));
    return [
      ...reopened.map(({ from, to, by }) => `I2: ${by} made job ${name(id)} ${to}, which was ${from} already.`),
      ...(ends.length > 1 ? [`I2: job ${name(id)} ended ${ends.length} times.`] : []),
    ];
  });
}

/** I3 and I4: of a running job only its holder writes, or whoever takes it when the lease is over. */
function writtenByOthers({ transitions, jobs }: Facts): readonly string[] {
  const name = namesOf(jobs);
  return transitions
    .filter(({ from, holder, by }) => from === 'running' && holder !== null && holder !== by)
    .filter(({ leaseExpired, to }) => !(leaseExpired === true && (to === 'queued' || to === 'failed')))
    .map(({ jobId, by, to, holder, leaseExpired }) =>
      leaseExpired === true
        ? `I3: ${by} made job ${name(jobId)} ${to} without holding it.`
        : `I4: ${by} made job ${name(jobId)} ${to}, which ${holder} was working on.`,
    );
}

/** I3: an effect is written under the newest lease, and what succeeded has the effect of the lease that it succeeded under. */
function effectsOutOfPlace({ effects, jobs }: Facts): readonly string[] {
  const name = namesOf(jobs);
  const byJob = Map.groupBy(effects, ({ jobId }) => jobId);
  return [
    ...effects
      .filter(({ token, newest, state }) => token !== newest || state !== 'running')
      .map(
        ({ jobId, token, newest, state, worker }) =>
          `I3: ${worker} wrote an effect of job ${name(jobId)} under lease ${token}, when it was ${state} under ${newest}.`,
      ),
    ...jobs
      .filter(({ state }) => state === 'succeeded')
      .map((job) => ({ job, own: (byJob.get(job.id) ?? []).filter(({ token }) => token === job.token).length }))
      .filter(({ own }) => own !== 1)
      .map(({ job, own }) => `I2: job ${job.seq} succeeded under lease ${job.token} with ${own} effects of it.`),
  ];
}

/** I13: no attempt beyond the greatest number, and each claim that was not handed back is counted. */
function miscounted({ jobs, transitions }: Facts): readonly string[] {
  const byJob = Map.groupBy(transitions, ({ jobId }) => jobId);
  return jobs.flatMap((job) => {
    const all = byJob.get(job.id) ?? [];
    const began = all.filter(isClaim).length - all.filter(isHandBack).length;
    return [
      ...(job.attempt > job.maxAttempts
        ? [`I13: job ${job.seq} had ${job.attempt} of ${job.maxAttempts} attempts.`]
        : []),
      ...(began === job.attempt ? [] : [`I13: job ${job.seq} was begun ${began} times, and says ${job.attempt}.`]),
    ];
  });
}

function isHandBack({ from, to, fromAttempt, toAttempt }: Transition): boolean {
  return from === 'running' && to === 'queued' && fromAttempt !== null && toAttempt < fromAttempt;
}

function namesOf(jobs: readonly JobFact[]): (id: string) => string {
  const names = new Map(jobs.map(({ id, seq }) => [id, String(seq)]));
  return (id) => names.get(id) ?? id;
}

export type Death = { readonly worker: string; readonly at: number };

/** I5: for each job that a dead worker was running, how long it took from its death until somebody had it again, in milliseconds. */
export function reclaimTimes({ transitions }: Pick<Facts, 'transitions'>, deaths: readonly Death[]): readonly number[] {
  const byJob = Map.groupBy(transitions, ({ jobId }) => jobId);
  const died = new Map(deaths.map(({ worker, at }) => [worker, at]));
  const times: number[] = [];
  for (const all of byJob.values()) {
    for (const [index, claim] of all.entries()) {
      const at = claim.newHolder === null ? undefined : died.get(claim.newHolder);
      const left = all[index + 1];
      const isOrphan = isClaim(claim) && at !== undefined && left !== undefined && left.by !== claim.newHolder;
      if (!isOrphan) continue;
      const again = all.slice(index + 1).find((next) => isClaim(next) || isFinal(next.to));
      if (again !== undefined) times.push(Math.max(0, again.at - at));
    }
  }
  return times;
}
