import {
  eventStreamResponse,
  readyText,
  refuse,
  requestSignal,
  streamEvents,
  type HttpRoutes,
  type HttpServer,
} from '#platform/http';
import type { FindJob, HistoryCursor } from '#scheduling/application';
import { jobStates } from '#scheduling/domain';
import { z } from 'zod';
import { BEGINNING, hasEnded, type JobFeeds } from '../live/job-feeds.ts';
import { problemOf } from './job.problems.ts';
import { jobParams } from './job.schemas.ts';

const XID8 = 2n ** 64n;
const BIGINT = 2n ** 63n;

const CURSOR = /^(\d{1,20})\.(\d{1,19})$/;

const cursor = z
  .string()
  .regex(CURSOR)
  .refine((text) => {
    // Asked also where the pattern has refused already.
    const [, tx, id] = CURSOR.exec(text) ?? [];
    return tx !== undefined && id !== undefined && BigInt(tx) < XID8 && BigInt(id) < BIGINT;
  })
  .transform((text) => text as HistoryCursor)
  .optional();

const after = cursor.describe('The id of the latest event that is known: what comes after it is sent.');
const headers = z.looseObject({
  'last-event-id': cursor.describe('As `after`, and before it: set by clients that come back.'),
});
const tags = ['jobs'];

/** What happens to jobs, as server-sent events. */
export class JobStreamRoutes implements HttpRoutes {
  readonly #feeds: JobFeeds;
  readonly #findJob: FindJob;

  constructor(feeds: JobFeeds, findJob: FindJob) {
    this.#feeds = feeds;
    this.#findJob = findJob;
  }

  register(server: HttpServer): void {
    this.#all(server);
    this.#one(server);
  }

  #all(server: HttpServer): void {
    const querystring = z.strictObject({
      after,
      type: z.string().min(1).max(200).optional().describe('Only of jobs of this type.'),
      state: z.enum(jobStates).optional().describe('Only events that have left a job in this state.'),
    });
    const summary = 'Follow what happens to jobs';
    server.get(
      '/api/v1/jobs/events',
      {
        exposeHeadRoute: false,
        schema: { tags, summary, headers, querystring, response: { 200: eventStreamResponse } },
      },
      async (request, reply) => {
        const { type, state, after: asked } = request.query;
        const known = request.headers['last-event-id'] ?? asked;
        const from = known ?? (await this.#feeds.end(requestSignal(request)));
        const feeds = this.#feeds;
        return streamEvents(reply, async function* (signal) {
          yield readyText(from);
          for await (const { event, text } of feeds.ofAll(from, signal)) {
            if ((type ?? event.type) === event.type && (state ?? event.state) === event.state) yield text;
          }
        });
      },
    );
  }

  #one(server: HttpServer): void {
    const schema = { tags, params: jobParams, headers, querystring: z.strictObject({ after }) };
    const summary = 'Follow a job from its beginning until it has ended; 204 when nothing more will happen';
    server.get(
      '/api/v1/jobs/:id/events',
      { exposeHeadRoute: false, schema: { ...schema, summary, response: { 200: eventStreamResponse, 204: z.void() } } },
      async (request, reply) => {
        const { id } = request.params;
        const signal = requestSignal(request);
        const job = await this.#findJob.execute({ id }, { signal });
        if (!job.ok) return refuse(reply, problemOf(job.error));
        const from = request.headers['last-event-id'] ?? request.query.after ?? BEGINNING;
        // What an `EventSource` takes for the end, where any other answer makes it come back.
        if (hasEnded(job.value.state) && !(await this.#feeds.hasMore(id, from, signal))) return reply.code(204).send();
        const feeds = this.#feeds;
        return streamEvents(reply, async function* (until) {
          yield readyText(from);
          for await (const { text } of feeds.ofJob(id, from, until)) yield text;
        });
      },
    );
  }
}
