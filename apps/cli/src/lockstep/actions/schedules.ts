import {
  CreateSchedule,
  ListSchedules,
  PauseSchedule,
  PreviewSchedule,
  RemoveSchedule,
  ResumeSchedule,
  type ScheduleView,
} from '#scheduling/application';
import {
  createScheduleBody,
  nextQuery,
  previewOf,
  scheduleProblem,
  schedulePageQuery,
  scheduleRepresentation,
} from '#scheduling/infrastructure';
import { orRefused, type Desk } from '../desk.ts';
import { scheduleOf } from '../find.ts';
import { parsed } from '../parse.ts';
import { scheduleFrom, type ScheduleOptions } from '../schedule-options.ts';
import { described, listed, moment } from '../text.ts';

type Options = Readonly<Record<string, unknown>>;

export async function addSchedule(desk: Desk, name: string, options: ScheduleOptions): Promise<void> {
  const body = await scheduleFrom(name, options, desk.surroundings);
  const command = parsed(createScheduleBody, body, (field) => `The schedule's ${field || 'file'}`);
  const created = await (await desk.get(CreateSchedule)).execute(command, { signal: desk.signal });
  showOne(desk, orRefused(created, scheduleProblem));
}

export async function listSchedules(desk: Desk, { json: _, ...options }: Options): Promise<void> {
  const { state, jobType, after, limit } = parsed(schedulePageQuery, options);
  const query = { limit, ...(state && { state }), ...(jobType && { jobType }), ...(after && { after }) };
  const { schedules, next } = await (await desk.get(ListSchedules)).execute(query, { signal: desk.signal });
  desk.show({ items: schedules.map(scheduleRepresentation), next }, () =>
    listed(
      ['name', 'when', 'what', 'state', 'next', 'id'],
      schedules.map(({ name, inWords, job, state: is, nextDueAt, id }) => [
        ...[name, inWords, job.type, is, moment(nextDueAt), id],
      ]),
      { none: 'There is no such schedule.', next },
    ),
  );
}

export async function showSchedule(desk: Desk, text: string): Promise<void> {
  showOne(desk, await scheduleOf(desk, text));
}

export async function showNext(desk: Desk, text: string, { count }: { readonly count?: string }): Promise<void> {
  const query = parsed(nextQuery, { count });
  const { id } = await scheduleOf(desk, text);
  const preview = await (await desk.get(PreviewSchedule)).execute({ id, ...query }, { signal: desk.signal });
  const { inWords, times } = previewOf(orRefused(preview, scheduleProblem));
  desk.show({ inWords, times }, () => [`${inWords}:`, ...times.map(moment)].join('\n'));
}

export async function pauseSchedule(desk: Desk, text: string): Promise<void> {
  const { id } = await scheduleOf(desk, text);
  const paused = await (await desk.get(PauseSchedule)).execute({ id }, { signal: desk.signal });
  showOne(desk, orRefused(paused, scheduleProblem));
}

export async function resumeSchedule(desk: Desk, text: string): Promise<void> {
  const { id } = await scheduleOf(desk, text);
  const resumed = await (await desk.get(ResumeSchedule)).execute({ id }, { signal: desk.signal });
  showOne(desk, orRefused(resumed, scheduleProblem));
}

export async function removeSchedule(desk: Desk, text: string): Promise<void> {
  const schedule = await scheduleOf(desk, text);
  const removed = await (await desk.get(RemoveSchedule)).execute({ id: schedule.id }, { signal: desk.signal });
  orRefused(removed, scheduleProblem);
  desk.show(scheduleRepresentation(schedule), () => `${schedule.name} is removed.`);
}

function showOne(desk: Desk, schedule: ScheduleView): void {
  const { id, name, inWords, job, state, nextDueAt, lastRun, refusal } = schedule;
  desk.show(scheduleRepresentation(schedule), () =>
    described({
      ...{ id, name, when: inWords, what: `${job.type} ${JSON.stringify(job.payload)}`, state },
      next: moment(nextDueAt),
      'last run': lastRun === null ? '-' : `${moment(lastRun.tick)}, job ${lastRun.jobId}`,
      ...(refusal && { 'not taken': `${refusal.reason} (offered again ${moment(refusal.retryAt)})` }),
    }),
  );
}
