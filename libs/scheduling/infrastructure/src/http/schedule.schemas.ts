import type { Json } from '#kernel';
import { idSchema } from '#platform/http';
import type { PreviewedPlan, ScheduleView } from '#scheduling/application';
import { gapPolicies, MOST_MISSED_RUNS, overlapPolicies, shortMonthPolicies, weekdays } from '#scheduling/domain';
import { z } from 'zod';

const time = z.iso.datetime();
const at = z
  .string()
  .max(5)
  .describe('A time of day, such as 02:30.')
  .meta({ examples: ['02:30'] });
const weekday = z.enum(weekdays);

const rule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('once'),
    at: z.string().max(40).describe('An instant, such as 2026-01-31T02:30:00Z.'),
  }),
  z.strictObject({
    kind: z.literal('every'),
    count: z.int().min(1),
    unit: z.enum(['seconds', 'minutes', 'hours', 'days']),
    anchor: z
      .string()
      .max(40)
      .default('1970-01-01T00:00:00Z')
      .describe('An instant to count from: nothing happens before it.'),
  }),
  z.strictObject({ kind: z.literal('daily'), at }),
  z.strictObject({ kind: z.literal('weekly'), weekdays: z.array(weekday).min(1).max(7), at }),
  z.strictObject({
    kind: z.literal('monthly'),
    day: z.union([z.int().min(1).max(31), z.literal('last')]),
    shortMonths: z.enum(shortMonthPolicies).default('skip').describe('For months that do not have the day.'),
    at,
  }),
  z.strictObject({
    kind: z.literal('monthly-weekday'),
    nth: z.union([z.int().min(1).max(5), z.literal('last')]),
    weekday,
    at,
  }),
  z.strictObject({
    kind: z.literal('cron'),
    expression: z.string().max(200).describe('Minute, hour, day of the month, month, day of the week.'),
  }),
]);

const recurrence = z.strictObject({
  rule,
  zone: z.string().max(64).default('UTC').describe('A name of the IANA time zone database, such as Europe/Berlin.'),
  gap: z
    .enum(gapPolicies)
    .default('end')
    .describe('For times that clocks leave out: skip them, run at the end of the gap, or shift them by its length.'),
  overlap: z.enum(overlapPolicies).default('first').describe('For times that clocks show twice.'),
});

const missed = z
  .discriminatedUnion('policy', [
    z.strictObject({ policy: z.literal('skip') }),
    z.strictObject({ policy: z.literal('once') }),
    z.strictObject({ policy: z.literal('all'), atMost: z.int().min(1).max(MOST_MISSED_RUNS) }),
  ])
  .default({ policy: 'once' })
  .describe('What becomes of times that nobody came by for, such as after a downtime.');

const plan = z.strictObject({
  recurrence,
  missed,
  jitterMs: z.int().min(0).max(86_400_000).default(0).describe('How much later than planned a job may be due.'),
});

/** JSON as it was parsed: nothing else can have come over HTTP. */
const payload = z.unknown().transform((value) => (value ?? null) as Json);
const milliseconds = z.int().min(1_000).exactOptional();
const job = z.strictObject({
  type: z.string().min(1).max(100),
  payload,
  priority: z.int().min(0).max(9).exactOptional(),
  maxAttempts: z.int().min(1).max(20).exactOptional(),
  timeoutMs: milliseconds.describe('Of one attempt.'),
  queueTimeoutMs: milliseconds.describe('From when it is due to its first attempt.'),
  deadlineMs: milliseconds.describe('From when it is due to its end.'),
  heartbeatTimeoutMs: milliseconds.describe('Between two signs of progress.'),
});

const name = z.string().min(1).max(100).describe('Unique.');

export const scheduleParams = z.strictObject({ id: idSchema<'Schedule'>() });
export const createScheduleBody = z.strictObject({ name, plan, job: job.describe('What to submit each time.') });
export const changeScheduleBody = z.strictObject({
  version: z.int().min(1).describe('The version that was read. Refused when the schedule has changed since.'),
  name: name.exactOptional(),
  plan: plan.exactOptional().describe('As a whole. A new one counts from now on.'),
  job: job.exactOptional().describe('As a whole.'),
});
export const schedulePageQuery = z.strictObject({
  state: z.enum(['active', 'paused']).optional().describe('Only schedules in this state.'),
  jobType: z.string().max(100).optional().describe('Only schedules that submit jobs of this type.'),
  after: z.string().max(100).optional().describe('The `next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
const count = z.int().min(1).max(1_000);
export const nextQuery = z.strictObject({ count: z.coerce.number().pipe(count).default(10) });
export const previewBody = z.strictObject({ plan, count: count.default(10), after: time.exactOptional() });

export const scheduleSchema = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    plan: z.unknown().describe('As it was written, with all defaults.'),
    inWords: z.string().meta({ examples: ['every weekday at 02:30 Europe/Berlin'] }),
    job: z.unknown(),
    state: z.enum(['active', 'paused']),
    nextTick: time.nullable().describe('Null while it is paused, and when it is over.'),
    nextDueAt: time.nullable().describe('With jitter.'),
    lastRun: z.strictObject({ tick: time, jobId: z.uuid() }).nullable(),
    refusal: z
      .strictObject({ reason: z.string(), at: time, times: z.int(), retryAt: time })
      .nullable()
      .describe('Why the job of the next tick was not taken; it is offered again.'),
    version: z.int(),
    createdAt: time,
    changedAt: time,
  })
  .meta({ id: 'Schedule' });
export const schedulePageSchema = z.strictObject({
  items: z.array(scheduleSchema).describe('In the order of their names.'),
  next: z.string().nullable().describe('What to ask for as `after` to get the next page; null on the last one.'),
});
export const previewSchema = z.strictObject({ inWords: z.string(), times: z.array(time) });

export function representationOf(view: ScheduleView): z.infer<typeof scheduleSchema> {
  const { lastRun, refusal } = view;
  return {
    ...view,
    nextTick: view.nextTick?.toISOString() ?? null,
    nextDueAt: view.nextDueAt?.toISOString() ?? null,
    lastRun: lastRun && { ...lastRun, tick: lastRun.tick.toISOString() },
    refusal: refusal && { ...refusal, at: refusal.at.toISOString(), retryAt: refusal.retryAt.toISOString() },
    createdAt: view.createdAt.toISOString(),
    changedAt: view.changedAt.toISOString(),
  };
}

export function previewOf({ inWords, times }: PreviewedPlan): z.infer<typeof previewSchema> {
  return { inWords, times: times.map((one) => one.toISOString()) };
}
