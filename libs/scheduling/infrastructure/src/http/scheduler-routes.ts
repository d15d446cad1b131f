import { HttpRoutes, requestSignal, type HttpServer } from '#platform/http';
import type { PauseScheduler, ReadScheduler, ResumeScheduler } from '#scheduling/application';
import { z } from 'zod';

const time = z.iso.datetime();

const schedulerSchema = z
  .strictObject({
    state: z.enum(['running', 'paused']),
    paused: z.strictObject({ by: z.string(), since: time }).nullable(),
    workers: z
      .array(z.strictObject({ name: z.string(), concurrency: z.int(), running: z.int(), since: time, seenAt: time }))
      .describe('Those that were heard of lately.'),
    types: z.array(z.strictObject({ type: z.string(), waiting: z.int(), running: z.int() })),
    waiting: z.int().describe('Jobs of all types that wait, also those that are not due yet.'),
    running: z.int(),
    oldestWaiting: time.nullable().describe('Since when the job that has been due for longest waits.'),
    capacity: z.int().describe('How many jobs may wait and run together.'),
  })
  .meta({ id: 'Scheduler' });

export type SchedulerUseCases = {
  readonly read: ReadScheduler;
  readonly pause: PauseScheduler;
  readonly resume: ResumeScheduler;
};

const CLIENT = 'api';
const tags = ['scheduler'];

export class SchedulerRoutes extends HttpRoutes {
  readonly #use: SchedulerUseCases;

  constructor(useCases: SchedulerUseCases) {
    super();
    this.#use = useCases;
  }

  register(server: HttpServer): void {
    const { read, pause, resume } = this.#use;

    server.get(
      '/api/v1/scheduler',
      { schema: { tags, summary: 'Read the state of the scheduler', response: { 200: schedulerSchema } } },
      async (request) => {
        const state = await read.execute({}, { signal: requestSignal(request) });
        const workers = state.workers.map(({ since, seenAt, ...worker }) => {
          return { ...worker, since: since.toISOString(), seenAt: seenAt.toISOString() };
        });
        return {
          state: state.paused === null ? ('running' as const) : ('paused' as const),
          paused: state.paused && { by: state.paused.by, since: state.paused.since.toISOString() },
          workers,
          types: [...state.types],
          waiting: state.types.reduce((sum, { waiting }) => sum + waiting, 0),
          running: state.types.reduce((sum, { running }) => sum + running, 0),
          oldestWaiting: state.oldestWaiting?.toISOString() ?? null,
          capacity: state.capacity,
        };
      },
    );

    server.post(
      '/api/v1/scheduler/pause',
      { schema: { tags, summary: 'Have no more jobs begun', response: { 204: z.void() } } },
      async (request, reply) => {
        await pause.execute({ by: CLIENT }, { signal: requestSignal(request) });
        return reply.code(204).send();
      },
    );

    server.post(
      '/api/v1/scheduler/resume',
      { schema: { tags, summary: 'Have jobs begun again', response: { 204: z.void() } } },
      async (request, reply) => {
        await resume.execute({}, { signal: requestSignal(request) });
        return reply.code(204).send();
      },
    );
  }
}
