import { DeadlineExceeded, isCancellation } from '#kernel';
import { FindJob } from '#scheduling/application';
import type { JobId, JobSnapshot } from '#scheduling/domain';
import { jobProblem } from '#scheduling/infrastructure';
import { Progress } from '../terminal/progress.ts';
import { orRefused, type Desk } from './desk.ts';
import { milliseconds } from './parse.ts';
import { oneLine, stateInWords } from './text.ts';

const LOOK_MS = 200;
/** How many jobs are looked at together. */
const AT_A_TIME = 4;

export type Waiting = { readonly wait?: boolean; readonly deadline?: string };
export type Watched = { readonly id: JobId; readonly what: string };

/** The jobs as they were seen last, and whether all of them have ended. */
export type Waited = { readonly jobs: ReadonlyMap<JobId, JobSnapshot>; readonly ended: boolean };

/**
 * Waits until the jobs have ended, and shows how they go on: one line that is drawn anew on a terminal, a line for each that has
 * ended elsewhere. Ctrl-C and `deadline` end the waiting and not the jobs, and say so.
 */
export async function untilEnded(
  watched: readonly Watched[],
  { deadline }: Waiting,
  desk: Pick<Desk, 'clock' | 'get' | 'note' | 'people' | 'signal'>,
): Promise<Waited> {
  const clock = await desk.clock();
  const jobs = new Map<JobId, JobSnapshot>();
  using limit = clock.deadline(deadline === undefined ? 2 ** 31 - 1 : milliseconds(deadline, 'deadline'), desk.signal);
  const { signal } = limit;
  const find = await desk.get(FindJob);
  const [one] = watched;
  const what = watched.length === 1 ? `job ${one?.id}` : `${watched.length} jobs`;
  if (one !== undefined) desk.note(`Waiting for ${what}; ctrl-C ends only the waiting.`);
  const progress = new Progress(desk.people, 'ended', watched.length);
  let open = [...watched];
  try {
    for (;;) {
      for (let begin = 0; begin < open.length; begin += AT_A_TIME) {
        const some = open.slice(begin, begin + AT_A_TIME);
        const found = await Promise.all(some.map(({ id }) => find.execute({ id }, { signal })));
        for (const one of found) {
          const job = orRefused(one, jobProblem);
          jobs.set(job.id, job);
        }
      }
      for (const { id, what } of open) {
        const job = jobs.get(id);
        if (hasEnded(job)) progress.finish(oneLine(`${what}: ${stateInWords(job)}`));
      }
      open = open.filter(({ id }) => !hasEnded(jobs.get(id)));
      if (open.length === 0) return { jobs, ended: true };
      progress.now(open.flatMap(({ id, what }) => underWay(what, jobs.get(id))).join(', '));
      await clock.sleep(LOOK_MS, signal);
    }
  } catch (error) {
    if (!isCancellation(error, signal)) throw error;
    progress.close();
    const why = signal.reason instanceof DeadlineExceeded ? `Not ended within ${deadline}` : 'Not waiting any more';
    desk.note(`${why}. ${whatGoesOn(open)}`);
    return { jobs, ended: false };
  } finally {
    progress.close();
  }
}

export function hasEnded(job: JobSnapshot | undefined): job is Extract<JobSnapshot, { finishedAt: Date }> {
  return job !== undefined && 'finishedAt' in job;
}

/** Whether everything has ended well. */
export function allSucceeded({ jobs, ended }: Waited): boolean {
  return ended && [...jobs.values()].every(({ state }) => state === 'succeeded');
}

function underWay(what: string, job: JobSnapshot | undefined): string[] {
  return job?.state === 'running' ? [oneLine(`${what} (${stateInWords(job)})`)] : [];
}

function whatGoesOn(open: readonly Watched[]): string {
  const [first] = open;
  const who = open.length === 1 ? 'The job goes on' : `${open.length} jobs go on`;
  const all = open.length === 1 ? '' : ', and so each of the others';
  return `${who}; to cancel: npm run lockstep -- job cancel ${first?.id}${all}.`;
}
