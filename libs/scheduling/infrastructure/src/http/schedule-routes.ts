import { refuse, requestSignal, type HttpRoutes, type HttpServer } from '#platform/http';
import type {
  ChangeSchedule,
  CreateSchedule,
  FindSchedule,
  ListSchedules,
  PauseSchedule,
  PreviewPlan,
  PreviewSchedule,
  RemoveSchedule,
  ResumeSchedule,
} from '#scheduling/application';
import { z } from 'zod';
import { problemOf } from './schedule.problems.ts';
import {
  changeScheduleBody,
  createScheduleBody,
  nextQuery,
  previewBody,
  previewOf,
  previewSchema,
  representationOf,
  schedulePageQuery,
  schedulePageSchema,
  scheduleParams,
  scheduleSchema,
} from './schedule.schemas.ts';

export type ScheduleUseCases = {
  readonly create: CreateSchedule;
  readonly list: ListSchedules;
  readonly find: FindSchedule;
  readonly change: ChangeSchedule;
  readonly remove: RemoveSchedule;
  readonly pause: PauseSchedule;
  readonly resume: ResumeSchedule;
  readonly previewSchedule: PreviewSchedule;
  readonly previewPlan: PreviewPlan;
};

const tags = ['schedules'];

export class ScheduleRoutes implements HttpRoutes {
  readonly #use: ScheduleUseCases;

  constructor(useCases: ScheduleUseCases) {
    this.#use = useCases;
  }

  register(server: HttpServer): void {
    this.#collection(server);
    this.#schedule(server);
    this.#state(server);
    this.#preview(server);
  }

  #collection(server: HttpServer): void {
    server.post(
      '/api/v1/schedules',
      { schema: { tags, summary: 'Create a schedule', body: createScheduleBody, response: { 201: scheduleSchema } } },
      async (request, reply) => {
        const created = await this.#use.create.execute(request.body, { signal: requestSignal(request) });
        if (!created.ok) return refuse(reply, problemOf(created.error));
        const schedule = representationOf(created.value);
        return reply.code(201).header('location', `/api/v1/schedules/${schedule.id}`).send(schedule);
      },
    );

    server.get(
      '/api/v1/schedules',
      {
        schema: {
          tags,
          summary: 'List schedules',
          querystring: schedulePageQuery,
          response: { 200: schedulePageSchema },
        },
      },
      async (request) => {
        const { state, jobType, after, limit } = request.query;
        const query = {
          limit,
          ...(state && { state }),
          ...(jobType !== undefined && { jobType }),
          ...(after !== undefined && { after }),
        };
        const { schedules, next } = await this.#use.list.execute(query, { signal: requestSignal(request) });
        return { items: schedules.map(representationOf), next };
      },
    );
  }

  #schedule(server: HttpServer): void {
    const params = scheduleParams;

    server.get(
      '/api/v1/schedules/:id',
      { schema: { tags, summary: 'Read a schedule', params, response: { 200: scheduleSchema } } },
      async (request, reply) => {
        const found = await this.#use.find.execute(request.params, { signal: requestSignal(request) });
        return found.ok ? representationOf(found.value) : refuse(reply, problemOf(found.error));
      },
    );

    server.patch(
      '/api/v1/schedules/:id',
      {
        schema: {
          tags,
          summary: 'Change a schedule: what is left out stays as it is',
          params,
          body: changeScheduleBody,
          response: { 200: scheduleSchema },
        },
      },
      async (request, reply) => {
        const { version: basedOn, ...changes } = request.body;
        const command = { id: request.params.id, basedOn, changes };
        const changed = await this.#use.change.execute(command, { signal: requestSignal(request) });
        return changed.ok ? representationOf(changed.value) : refuse(reply, problemOf(changed.error));
      },
    );

    server.delete(
      '/api/v1/schedules/:id',
      { schema: { tags, summary: 'Remove a schedule', params, response: { 204: z.void() } } },
      async (request, reply) => {
        const removed = await this.#use.remove.execute(request.params, { signal: requestSignal(request) });
        return removed.ok ? reply.code(204).send() : refuse(reply, problemOf(removed.error));
      },
    );
  }

  #state(server: HttpServer): void {
    const [params, response] = [scheduleParams, { 200: scheduleSchema }];

    server.post(
      '/api/v1/schedules/:id/pause',
      { schema: { tags, summary: 'Pause a schedule: what comes by meanwhile is left out', params, response } },
      async (request, reply) => {
        const paused = await this.#use.pause.execute(request.params, { signal: requestSignal(request) });
        return paused.ok ? representationOf(paused.value) : refuse(reply, problemOf(paused.error));
      },
    );

    server.post(
      '/api/v1/schedules/:id/resume',
      { schema: { tags, summary: 'Resume a paused schedule', params, response } },
      async (request, reply) => {
        const resumed = await this.#use.resume.execute(request.params, { signal: requestSignal(request) });
        return resumed.ok ? representationOf(resumed.value) : refuse(reply, problemOf(resumed.error));
      },
    );
  }

  #preview(server: HttpServer): void {
    server.get(
      '/api/v1/schedules/:id/next',
      {
        schema: {
          tags,
          summary: 'Tell when a schedule runs next',
          params: scheduleParams,
          querystring: nextQuery,
          response: { 200: previewSchema },
        },
      },
      async (request, reply) => {
        const query = { id: request.params.id, count: request.query.count };
        const preview = await this.#use.previewSchedule.execute(query, { signal: requestSignal(request) });
        return preview.ok ? previewOf(preview.value) : refuse(reply, problemOf(preview.error));
      },
    );

    server.post(
      '/api/v1/schedules/preview',
      {
        schema: {
          tags,
          summary: 'Tell when a schedule with this plan would run',
          body: previewBody,
          response: { 200: previewSchema },
        },
      },
      async (request, reply) => {
        const { after, ...query } = request.body;
        const preview = this.#use.previewPlan.execute({ ...query, ...(after && { after: new Date(after) }) });
        return preview.ok ? previewOf(preview.value) : refuse(reply, problemOf(preview.error));
      },
    );
  }
}
