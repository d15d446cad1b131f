import type { ReadVerification, RequestUpkeep, RequestUpkeepCommand, VerificationPage } from '#backups/application';
import type { ContentHash } from '#backups/domain';
import { assertNever, type Id, type Result } from '#kernel';
import { idSchema, refuse, requestSignal, type HttpRoutes, type HttpServer, type Problem } from '#platform/http';
import { z } from 'zod';
import { retentionPayload, sweepPayload, verifyPayload } from './store-payloads.ts';

type Refusals =
  | (Awaited<ReturnType<RequestUpkeep['execute']>> extends Result<unknown, infer E> ? E : never)
  | (Awaited<ReturnType<ReadVerification['execute']>> extends Result<unknown, infer E> ? E : never);

const requested = z.strictObject({ jobId: z.uuid().describe('Tells how far it is, and what came of it.') });
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const findings = z.strictObject({
  after: hash.optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
const verification = z
  .strictObject({
    id: z.uuid().describe('That of its job.'),
    mode: z.enum(['structure', 'bytes']),
    part: z.int(),
    of: z.int(),
    contents: z.int(),
    bytes: z.int(),
    damaged: z.int(),
    unreferenced: z.int().describe('Contents that no version needs. They are no damage, and may be swept.'),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    findings: z.array(
      z.strictObject({
        contentHash: z.string(),
        kind: z.enum(['missing', 'truncated', 'altered', 'replaced', 'sealed-by-other-key', 'unreferenced']),
        by: z.string().nullable().describe('Of which content the bytes are, when it is replaced.'),
        versions: z.int().describe('How many versions have this content.'),
      }),
    ),
    next: z.string().nullable().describe('Ask again with this as `after` for more findings; null when there are none.'),
  })
  .meta({ id: 'Verification' });

/** Those who look after the store. All work is done by jobs. */
export class StoreRoutes implements HttpRoutes {
  readonly #request: RequestUpkeep;
  readonly #read: ReadVerification;

  constructor(request: RequestUpkeep, read: ReadVerification) {
    this.#request = request;
    this.#read = read;
  }

  register(server: HttpServer): void {
    this.#job(
      server,
      { path: 'verify', summary: 'Compare the store with the versions', body: verifyPayload },
      (payload) => ({
        kind: 'verify',
        payload,
      }),
    );
    this.#job(server, { path: 'sweep', summary: 'Remove contents that no version needs', body: sweepPayload }, () => ({
      kind: 'sweep',
    }));
    const summary = 'Remove versions that a policy does not keep, and then their contents';
    this.#job(server, { path: 'retention', summary, body: retentionPayload }, ({ deviceId, ...payload }) => ({
      kind: 'retain',
      payload: { ...payload, deviceId: (deviceId?.toLowerCase() ?? null) as Id<'Device'> | null },
    }));
    this.#verifications(server);
  }

  #job<Body extends z.ZodType>(
    server: HttpServer,
    { path, summary, body }: { readonly path: string; readonly summary: string; readonly body: Body },
    commandOf: (body: z.output<Body>) => RequestUpkeepCommand,
  ): void {
    const schema = { summary, tags: ['store'], body, response: { 202: requested } };
    server.post(`/api/v1/store/${path}`, { schema }, async (request, reply) => {
      const command = commandOf(request.body as z.output<Body>);
      const outcome = await this.#request.execute(command, { signal: requestSignal(request) });
      if (!outcome.ok) return refuse(reply, problemOf(outcome.error));
      return reply.code(202).send({ jobId: outcome.value });
    });
  }

  #verifications(server: HttpServer): void {
    const common = { tags: ['store'], querystring: findings, response: { 200: verification } };
    server.get(
      '/api/v1/store/verifications/latest',
      { schema: { ...common, summary: 'The verification that began last, and what it has found' } },
      async (request, reply) => {
        const { after = null, limit } = request.query;
        const query = { id: null, after: after as ContentHash | null, limit };
        const read = await this.#read.execute(query, { signal: requestSignal(request) });
        return read.ok ? verificationRepresentation(read.value) : refuse(reply, problemOf(read.error));
      },
    );
    const params = z.strictObject({ id: idSchema<'Job'>() });
    server.get(
      '/api/v1/store/verifications/:id',
      { schema: { ...common, params, summary: 'One verification, and what it has found' } },
      async (request, reply) => {
        const { after = null, limit } = request.query;
        const query = { id: request.params.id, after: after as ContentHash | null, limit };
        const read = await this.#read.execute(query, { signal: requestSignal(request) });
        return read.ok ? verificationRepresentation(read.value) : refuse(reply, problemOf(read.error));
      },
    );
  }
}

export function verificationRepresentation({
  verification: seen,
  findings: found,
  next,
}: VerificationPage): z.infer<typeof verification> {
  const { id, mode, part, of, contents, bytes, damaged, unreferenced, startedAt, finishedAt } = seen;
  const times = { startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null };
  return { id, mode, part, of, contents, bytes, damaged, unreferenced, ...times, findings: [...found], next };
}

export function problemOf(refusal: Refusals): Problem {
  switch (refusal.kind) {
    case 'QueueFull':
      return {
        status: 503,
        code: 'queue-full',
        detail: `${refusal.capacity} jobs wait or run, and there is no room for more. Nothing was requested: try again later.`,
        facts: { capacity: refusal.capacity },
      };
    case 'VerificationNotFound':
      return {
        status: 404,
        code: 'verification-not-found',
        detail: refusal.id === null ? 'The store was never verified.' : `There is no verification ${refusal.id}.`,
      };
    default:
      return assertNever(refusal);
  }
}
