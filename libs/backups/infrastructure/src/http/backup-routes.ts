import {
  type DiffVersions,
  type ListVersions,
  type ReadVersion,
  type ReadVersionContent,
  type RequestBackups,
} from '#backups/application';
import { type HttpRoutes, idSchema, refuse, requestSignal, type HttpServer } from '#platform/http';
import { z } from 'zod';
import { problemOf } from './backup-problems.ts';
import { shown, versionSchema } from './version.schema.ts';

const MOST_DEVICES = 1_000;

const bytes = z.custom<Uint8Array>().meta({ type: 'string', format: 'binary' });
const plainText = <Text extends z.ZodType>(description: string, schema: Text) => ({
  description,
  content: { 'text/plain': { schema } },
});
const oneVersion = z.strictObject({ id: idSchema<'Version'>() });
const requested = z.strictObject({ jobs: z.array(z.strictObject({ deviceId: z.uuid(), jobId: z.uuid() })) });
const page = z.strictObject({
  items: z.array(versionSchema),
  next: z.int().nullable().describe('Ask again with this as `after` for older versions; null when there are none.'),
});

export type BackupQueries = {
  readonly list: ListVersions;
  readonly read: ReadVersion;
  readonly content: ReadVersionContent;
  readonly diff: DiffVersions;
};

export class BackupRoutes implements HttpRoutes {
  readonly #requestBackups: RequestBackups;
  readonly #queries: BackupQueries;

  constructor(requestBackups: RequestBackups, queries: BackupQueries) {
    this.#requestBackups = requestBackups;
    this.#queries = queries;
  }

  register(server: HttpServer): void {
    this.#requests(server);
    this.#versions(server);
    this.#texts(server);
  }

  #requests(server: HttpServer): void {
    server.post(
      '/api/v1/backups',
      {
        schema: {
          summary: 'Back devices up, all of them or none',
          tags: ['backups'],
          body: z.strictObject({ deviceIds: z.array(idSchema<'Device'>()).min(1).max(MOST_DEVICES) }),
          response: { 202: requested },
        },
      },
      async (request, reply) => {
        const outcome = await this.#requestBackups.execute(request.body, { signal: requestSignal(request) });
        if (!outcome.ok) return refuse(reply, problemOf(outcome.error));
        return reply.code(202).send({ jobs: [...outcome.value] });
      },
    );
  }

  #versions(server: HttpServer): void {
    server.get(
      '/api/v1/devices/:id/versions',
      {
        schema: {
          summary: 'The versions of a device, newest first',
          tags: ['backups'],
          params: z.strictObject({ id: idSchema<'Device'>() }),
          querystring: z.strictObject({
            after: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
            limit: z.coerce.number().int().min(1).max(200).default(50),
          }),
          response: { 200: page },
        },
      },
      async (request, reply) => {
        const { after = null, limit } = request.query;
        const query = { deviceId: request.params.id, before: after, limit };
        const listed = await this.#queries.list.execute(query, { signal: requestSignal(request) });
        if (!listed.ok) return refuse(reply, problemOf(listed.error));
        const { versions, next } = listed.value;
        return { items: versions.map(shown), next };
      },
    );

    server.get(
      '/api/v1/versions/:id',
      {
        schema: { summary: 'One version', tags: ['backups'], params: oneVersion, response: { 200: versionSchema } },
      },
      async (request, reply) => {
        const versionId = request.params.id;
        const version = await this.#queries.read.execute({ versionId }, { signal: requestSignal(request) });
        return version.ok ? shown(version.value) : refuse(reply, problemOf(version.error));
      },
    );
  }

  #texts(server: HttpServer): void {
    server.get(
      '/api/v1/versions/:id/content',
      {
        schema: {
          summary: 'The configuration itself',
          tags: ['backups'],
          params: oneVersion,
          response: { 200: plainText('The bytes that the hash of the version is about', bytes) },
        },
      },
      async (request, reply) => {
        const versionId = request.params.id;
        const content = await this.#queries.content.execute({ versionId }, { signal: requestSignal(request) });
        if (!content.ok) return refuse(reply, problemOf(content.error));
        // A configuration is somebody else's text: it is for saving, and no browser may make anything of it.
        return reply
          .type('text/plain; charset=utf-8')
          .headers({
            'x-content-type-options': 'nosniff',
            'content-disposition': 'attachment; filename="configuration.txt"',
          })
          .send(content.value.bytes);
      },
    );

    server.get(
      '/api/v1/versions/:id/diff',
      {
        schema: {
          summary: 'What changed since another version of the device, by default the one before',
          tags: ['backups'],
          params: oneVersion,
          querystring: z.strictObject({ against: idSchema<'Version'>().optional() }),
          response: { 200: plainText('A unified diff; empty when the contents are the same', z.string()) },
        },
      },
      async (request, reply) => {
        const query = { versionId: request.params.id, against: request.query.against ?? null };
        const diff = await this.#queries.diff.execute(query, { signal: requestSignal(request) });
        if (!diff.ok) return refuse(reply, problemOf(diff.error));
        return reply.type('text/plain; charset=utf-8').header('x-content-type-options', 'nosniff').send(diff.value);
      },
    );
  }
}
