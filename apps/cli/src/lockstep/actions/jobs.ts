import { CancelJob, FindJob, ListJobs, ReadJobHistory, RetryJob } from '#scheduling/application';
import type { JobSnapshot } from '#scheduling/domain';
import {
  cancelBody,
  eventRepresentation,
  historyQuery,
  jobListQuery,
  jobProblem,
  jobRepresentation,
  retryBody,
} from '#scheduling/infrastructure';
import type { ExitCode } from '../../commands/outcome.ts';
import { orRefused, type Desk } from '../desk.ts';
import { idOf } from '../find.ts';
import { parsed } from '../parse.ts';
import { described, listed, moment, stateInWords } from '../text.ts';
import { allSucceeded, untilEnded, type Waiting } from '../wait.ts';

/** Who did it, in the history of a job. */
const BY = 'lockstep';

export async function listJobs(desk: Desk, { json: _, ...options }: Readonly<Record<string, unknown>>): Promise<void> {
  const { state, type, text, after, ...page } = parsed(jobListQuery, options);
  const query = {
    ...page,
    ...(state && { state }),
    ...(type && { type }),
    ...(text && { text }),
    ...(after && { after }),
  };
  const { jobs, next } = await (await desk.get(ListJobs)).execute(query, { signal: desk.signal });
  desk.show({ items: jobs.map(jobRepresentation), next }, () =>
    listed(
      ['id', 'type', 'state', 'attempt', 'submitted', 'how it goes'],
      jobs.map((job) => [
        ...[job.id, job.type, job.state, `${job.attempt}/${job.maxAttempts}`],
        ...[moment(job.submittedAt), stateInWords(job)],
      ]),
      { none: 'There is no such job.', next },
    ),
  );
}

export async function showJob(desk: Desk, text: string): Promise<void> {
  showOne(desk, await jobOf(desk, text));
}

export async function showHistory(
  desk: Desk,
  text: string,
  { json: _, ...options }: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { limit, after } = parsed(historyQuery, options);
  const query = { id: idOf<'Job'>(text, 'job'), limit, ...(after && { after }) };
  const read = await (await desk.get(ReadJobHistory)).execute(query, { signal: desk.signal });
  const { events, next } = orRefused(read, jobProblem);
  desk.show({ items: events.map(eventRepresentation), next }, () =>
    listed(
      ['at', 'what', 'state', 'attempt', 'by', 'why or how far'],
      events.map(({ at, kind, state, attempt, by, reason, progress }) => [
        ...[moment(at), kind, state, String(attempt), by ?? '-', reason ?? progress?.step ?? ''],
      ]),
      { none: 'Nothing has happened to the job.', next },
    ),
  );
}

export async function cancelJob(desk: Desk, text: string, { reason }: { readonly reason?: string }): Promise<void> {
  const body = parsed(cancelBody, { reason });
  const command = { id: idOf<'Job'>(text, 'job'), by: BY, reason: body.reason ?? null };
  const cancelled = await (await desk.get(CancelJob)).execute(command, { signal: desk.signal });
  const outcome = orRefused(cancelled, jobProblem);
  desk.show({ outcome }, () =>
    outcome === 'cancelled' ? 'The job is cancelled.' : 'The job is running: its worker has been asked to end it.',
  );
}

export async function retryJob(
  desk: Desk,
  text: string,
  { attempts, ...waiting }: Waiting & { readonly attempts?: string },
): Promise<ExitCode> {
  const id = idOf<'Job'>(text, 'job');
  const body = parsed(retryBody, { attempts: attempts === undefined ? undefined : Number(attempts) });
  const retried = await (await desk.get(RetryJob)).execute({ id, by: BY, ...body }, { signal: desk.signal });
  orRefused(retried, jobProblem);
  return followed(desk, id, waiting);
}

export async function waitForJob(desk: Desk, text: string, waiting: Waiting): Promise<ExitCode> {
  return followed(desk, idOf<'Job'>(text, 'job'), { ...waiting, wait: true });
}

async function followed(desk: Desk, id: JobSnapshot['id'], { wait = false, deadline }: Waiting): Promise<ExitCode> {
  const first = await jobOf(desk, id);
  if (!wait) {
    showOne(desk, first);
    return 0;
  }
  const waited = await untilEnded([{ id, what: first.type }], { ...(deadline !== undefined && { deadline }) }, desk);
  showOne(desk, waited.jobs.get(id) ?? first);
  return allSucceeded(waited) ? 0 : 1;
}

async function jobOf(desk: Desk, text: string): Promise<JobSnapshot> {
  const id = idOf<'Job'>(text, 'job');
  return orRefused(await (await desk.get(FindJob)).execute({ id }, { signal: desk.signal }), jobProblem);
}

function showOne(desk: Desk, job: JobSnapshot): void {
  desk.show(jobRepresentation(job), () =>
    described({
      id: job.id,
      type: job.type,
      state: stateInWords(job),
      payload: JSON.stringify(job.payload),
      attempt: `${job.attempt} of ${job.maxAttempts}`,
      priority: String(job.priority),
      due: moment(job.dueAt),
      submitted: moment(job.submittedAt),
      finished: moment('finishedAt' in job ? job.finishedAt : null),
      ...(job.state === 'succeeded' && { result: JSON.stringify(job.result) }),
    }),
  );
}
