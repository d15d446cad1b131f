import { HttpRoutes, refuse, requestSignal, type AnyReply, type HttpServer } from '#platform/http';
import type { CancelJob, FindJob, ListJobs, ReadJobHistory, RetryJob, SubmitJob } from '#scheduling/application';
import type { JobRequest } from '#scheduling/contracts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { jobSchema, representationOf } from './job-representation.ts';
import { problemOf, RETRY_AFTER_SECONDS } from './job.problems.ts';
import {
  cancelBody,
  cancelledSchema,
  eventRepresentation,
  historyQuery,
  historySchema,
  jobParams,
  pageQuery,
  pageSchema,
  retryBody,
  submissionBody,
  submissionHeaders,
} from './job.schemas.ts';

export type JobUseCases = {
  readonly submitJob: SubmitJob;
  readonly findJob: FindJob;
  readonly listJobs: ListJobs;
  readonly readJobHistory: ReadJobHistory;
  readonly cancelJob: CancelJob;
  readonly retryJob: RetryJob;
};

/** Who does things where nobody says who he is: all clients share one token. */
const CLIENT = 'api';
const tags = ['jobs'];

export class JobRoutes extends HttpRoutes {
  readonly #use: JobUseCases;

  constructor(useCases: JobUseCases) {
    super();
    this.#use = useCases;
  }

  register(server: HttpServer): void {
    this.#registerReads(server);
    this.#registerChanges(server);
  }

  #registerReads(server: HttpServer): void {
    server.get(
      '/api/v1/jobs',
      { schema: { tags, summary: 'List jobs', querystring: pageQuery, response: { 200: pageSchema } } },
      async (request) => {
        const { state, type, text, after, ...page } = request.query;
        const query = {
          ...page,
          ...(state && { state }),
          ...(type && { type }),
          ...(text && { text }),
          ...(after && { after }),
        };
        const { jobs, next } = await this.#use.listJobs.execute(query, { signal: requestSignal(request) });
        return { items: jobs.map(representationOf), next };
      },
    );

    server.get(
      '/api/v1/jobs/:id',
      { schema: { tags, summary: 'Read a job', params: jobParams, response: { 200: jobSchema } } },
      async (request, reply) => {
        const job = await this.#use.findJob.execute({ id: request.params.id }, { signal: requestSignal(request) });
        return job.ok ? representationOf(job.value) : refuse(reply, problemOf(job.error));
      },
    );

    const history = { params: jobParams, querystring: historyQuery, response: { 200: historySchema } };
    server.get(
      '/api/v1/jobs/:id/history',
      { schema: { tags, summary: 'Read what has happened to a job', ...history } },
      async (request, reply) => {
        const { limit, after } = request.query;
        const query = { id: request.params.id, limit, ...(after && { after }) };
        const read = await this.#use.readJobHistory.execute(query, { signal: requestSignal(request) });
        if (!read.ok) return refuse(reply, problemOf(read.error));
        return { items: read.value.events.map(eventRepresentation), next: read.value.next };
      },
    );
  }

  #registerChanges(server: HttpServer): void {
    const submission = {
      body: submissionBody,
      headers: submissionHeaders,
      response: { 200: jobSchema, 201: jobSchema },
    };
    server.post(
      '/api/v1/jobs',
      { schema: { tags, summary: 'Submit a job', ...submission } },
      async (request, reply) => {
        const command = requestOf(request.body, request.headers['idempotency-key']);
        const submitted = await this.#use.submitJob.execute(command, { signal: requestSignal(request) });
        if (!submitted.ok) return refuseLater(reply, submitted.error);
        const { job, isNew } = submitted.value;
        return reply
          .code(isNew ? 201 : 200)
          .header('Location', `/api/v1/jobs/${job.id}`)
          .send(representationOf(job));
      },
    );

    const cancellation = { params: jobParams, body: cancelBody.nullish(), response: { 200: cancelledSchema } };
    server.post(
      '/api/v1/jobs/:id/cancel',
      { schema: { tags, summary: 'Cancel a job', ...cancellation } },
      async (request, reply) => {
        const command = { id: request.params.id, by: CLIENT, reason: request.body?.reason ?? null };
        const outcome = await this.#use.cancelJob.execute(command, { signal: requestSignal(request) });
        return outcome.ok ? { outcome: outcome.value } : refuse(reply, problemOf(outcome.error));
      },
    );

    const again = { params: jobParams, body: retryBody.nullish(), response: { 204: z.void() } };
    server.post(
      '/api/v1/jobs/:id/retry',
      { schema: { tags, summary: 'Do a job again that has failed or was cancelled', ...again } },
      async (request, reply) => {
        const { attempts } = request.body ?? retryBody.parse({});
        const command = { id: request.params.id, by: CLIENT, attempts };
        const outcome = await this.#use.retryJob.execute(command, { signal: requestSignal(request) });
        return outcome.ok ? reply.code(204).send() : refuseLater(reply, outcome.error);
      },
    );
  }
}

/** A queue that is full has room again before long. */
function refuseLater<Reply extends AnyReply>(reply: Reply, refused: Parameters<typeof problemOf>[0]): Reply {
  if (refused.kind === 'QueueFull') (reply as unknown as FastifyReply).header('Retry-After', RETRY_AFTER_SECONDS);
  return refuse(reply, problemOf(refused));
}

function requestOf(body: z.infer<typeof submissionBody>, idempotencyKey: string | undefined): JobRequest {
  const { type, payload, dueAt, ...numbers } = body;
  const given = Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined));
  return {
    type,
    payload,
    ...given,
    ...(dueAt && { dueAt: new Date(dueAt) }),
    // Clients share no keys with the product's own jobs, such as those of a schedule's ticks.
    ...(idempotencyKey && { idempotencyKey: `client/${idempotencyKey}` }),
  };
}
