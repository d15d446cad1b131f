import {
  type DiffVersions,
  type ListVersions,
  type ReadVersion,
  type ReadVersionContent,
  type RequestBackups,
  type RequestBatch,
} from '#backups/application';
import { type HttpRoutes, idSchema, refuse, requestSignal, type HttpServer } from '#platform/http';
import { z } from 'zod';
import { selectionOf, selectionSchema } from '../job-payloads.ts';
import { problemOf } from './backup-problems.ts';
import { shown, versionSchema } from './version.schema.ts';

const MOST_DEVICES = 1_000;
const RETRY_AFTER_SECONDS = 10;

const bytes = z.custom<Uint8Array>().meta({ type: 'string', format: 'binary' });
const plainText = <Text extends z.ZodType>(description: string, schema: Text) => ({
  description,
  content: { 'text/plain': { schema } },
});
const oneVersion = z.strictObject({ id: idSchema<'Version'>() });
const requested = z.strictObject({
  jobs: z.array(
    z.strictObject({
      deviceId: z.uuid(),
      jobId: z.uuid(),
      wasRequested: z.boolean().describe('Whether the backup was waiting or running already: then it is that job.'),
    }),
  ),
});
const view = z.enum(['redacted', 'original']).default('redacted');
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

export type BackupUseCases = { readonly requestBackups: RequestBackups; readonly requestBatch: RequestBatch };

export class BackupRoutes implements HttpRoutes {
  readonly #use: BackupUseCases;
  readonly #queries: BackupQueries;

  constructor(useCases: BackupUseCases, queries: BackupQueries) {
    this.#use = useCases;
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
        const outcome = await this.#use.requestBackups.execute(request.body, { signal: requestSignal(request) });
        if (!outcome.ok) {
          if (outcome.error.kind === 'QueueFull') void reply.header('retry-after', RETRY_AFTER_SECONDS);
          return refuse(reply, problemOf(outcome.error));
        }
        return reply.code(202).send({ jobs: [...outcome.value] });
      },
    );

    server.post(
      '/api/v1/backups/batches',
      {
        schema: {
          summary: 'Back up every enabled device that is selected when the batch begins',
          tags: ['backups'],
          body: z.strictObject({ selection: selectionSchema }),
          response: { 202: z.strictObject({ jobId: z.uuid() }) },
        },
      },
      async (request, reply) => {
        const selection = selectionOf(request.body.selection);
        const outcome = await this.#use.requestBatch.execute({ selection }, { signal: requestSignal(request) });
        if (!outcome.ok) {
          void reply.header('retry-after', RETRY_AFTER_SECONDS);
          return refuse(reply, problemOf(outcome.error));
        }
        return reply.code(202).send({ jobId: outcome.value });
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
          description:
            '`redacted` is without the secrets that the model knows, `original` the bytes that the hash of the version is about, ' +
            'and `restore` what to type into a session of the device to bring the configuration back, secrets included.',
          tags: ['backups'],
          params: oneVersion,
          querystring: z.strictObject({ view: z.enum(['redacted', 'original', 'restore']).default('redacted') }),
          response: { 200: plainText('The text, as a file to save', bytes) },
        },
      },
      async (request, reply) => {
        const query = { versionId: request.params.id, view: request.query.view };
        const content = await this.#queries.content.execute(query, { signal: requestSignal(request) });
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
          description: 'Secrets that have changed are no difference, but in the view `original`.',
          tags: ['backups'],
          params: oneVersion,
          querystring: z.strictObject({ against: idSchema<'Version'>().optional(), view }),
          response: { 200: plainText('A unified diff; empty when the contents are the same', z.string()) },
        },
      },
      async (request, reply) => {
        const { against = null, view: shownAs } = request.query;
        const query = { versionId: request.params.id, against, view: shownAs };
        const diff = await this.#queries.diff.execute(query, { signal: requestSignal(request) });
        if (!diff.ok) return refuse(reply, problemOf(diff.error));
        return reply.type('text/plain; charset=utf-8').header('x-content-type-options', 'nosniff').send(diff.value);
      },
    );
  }
}
