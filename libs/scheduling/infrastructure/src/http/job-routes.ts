import { HttpRoutes, idSchema, refuse, requestSignal, type HttpServer, type Problem } from '#platform/http';
import type { FindJob, JobNotFound, ListJobs } from '#scheduling/application';
import { z } from 'zod';
import { jobSchema, representationOf } from './job-representation.ts';

const jobId = idSchema<'Job'>();

const pageQuery = z.strictObject({
  state: z.enum(['queued', 'running', 'succeeded', 'failed']).optional().describe('Only jobs in this state.'),
  after: jobId.optional().describe('The `next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

const pageSchema = z.strictObject({
  items: z.array(jobSchema).describe('Newest first.'),
  next: z.uuid().nullable().describe('What to ask for as `after` to get the next page; null on the last one.'),
});

export class JobRoutes extends HttpRoutes {
  readonly #findJob: FindJob;
  readonly #listJobs: ListJobs;

  constructor(findJob: FindJob, listJobs: ListJobs) {
    super();
    this.#findJob = findJob;
    this.#listJobs = listJobs;
  }

  register(server: HttpServer): void {
    const tags = ['jobs'];

    server.get(
      '/api/v1/jobs',
      { schema: { tags, summary: 'List jobs', querystring: pageQuery, response: { 200: pageSchema } } },
      async (request) => {
        const { state, after, limit } = request.query;
        const query = { limit, ...(state && { state }), ...(after && { after }) };
        const { jobs, next } = await this.#listJobs.execute(query, { signal: requestSignal(request) });
        return { items: jobs.map(representationOf), next };
      },
    );

    server.get(
      '/api/v1/jobs/:id',
      { schema: { tags, summary: 'Read a job', params: z.strictObject({ id: jobId }), response: { 200: jobSchema } } },
      async (request, reply) => {
        const job = await this.#findJob.execute({ id: request.params.id }, { signal: requestSignal(request) });
        return job.ok ? representationOf(job.value) : refuse(reply, problemOf(job.error));
      },
    );
  }
}

function problemOf({ id }: JobNotFound): Problem {
  return { status: 404, code: 'job-not-found', detail: `There is no job ${id}.` };
}
