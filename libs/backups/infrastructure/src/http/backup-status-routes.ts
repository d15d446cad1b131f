import type { ListBackupStatuses, ReadBackupStatus } from '#backups/application';
import type { BackupState, BackupStatusSnapshot } from '#backups/domain';
import { type HttpRoutes, type HttpServer, idSchema, refuse, requestSignal } from '#platform/http';
import { z } from 'zod';
import { problemOf } from './backup-problems.ts';

const state = z
  .enum(['never', 'current', 'stale', 'failing'])
  .meta({ id: 'BackupState', description: '`failing` when the last attempt failed, whatever there was before.' });
const count = z.int();
const time = z.iso.datetime();

const statusFields = {
  deviceId: z.uuid(),
  state,
  knownSince: time.describe('When the device was first heard of by the backups.'),
  lastSuccessAt: time
    .nullable()
    .describe('When its configuration, changed or not, was collected and kept the last time.'),
  lastFailure: z
    .strictObject({ at: time, kind: z.string(), reason: z.string().describe('A sentence for people.') })
    .nullable(),
  consecutiveFailures: count.describe('Attempts that have failed since the last success.'),
  staleSince: time.nullable().describe('When it was told that the last success is too long ago.'),
  jobId: z.uuid().nullable().describe('The run that was asked for last.'),
};
const statusSchema = z.strictObject(statusFields).meta({ id: 'BackupStatus' });
const oneStatusSchema = z
  .strictObject({ ...statusFields, nextDueAt: time.nullable().describe('When a schedule backs it up next.') })
  .meta({ id: 'DeviceBackupStatus' });
const page = z.strictObject({
  items: z.array(statusSchema),
  next: z.uuid().nullable().describe('Ask again with this as `after` for more; null when there are none.'),
  counts: z.strictObject({ never: count, current: count, stale: count, failing: count }),
});

export class BackupStatusRoutes implements HttpRoutes {
  readonly #read: ReadBackupStatus;
  readonly #list: ListBackupStatuses;

  constructor(read: ReadBackupStatus, list: ListBackupStatuses) {
    this.#read = read;
    this.#list = list;
  }

  register(server: HttpServer): void {
    server.get(
      '/api/v1/devices/:id/backup-status',
      {
        schema: {
          summary: 'How the backups of a device are going',
          tags: ['backups'],
          params: z.strictObject({ id: idSchema<'Device'>() }),
          response: { 200: oneStatusSchema },
        },
      },
      async (request, reply) => {
        const deviceId = request.params.id;
        const read = await this.#read.execute({ deviceId }, { signal: requestSignal(request) });
        if (!read.ok) return refuse(reply, problemOf(read.error));
        return { ...statusRepresentation(read.value), nextDueAt: read.value.nextDueAt?.toISOString() ?? null };
      },
    );

    server.get(
      '/api/v1/backup-status',
      {
        schema: {
          summary: 'How the backups of the fleet are going, by the ids of the devices',
          tags: ['backups'],
          querystring: z.strictObject({
            state: state.optional(),
            after: idSchema<'Device'>().optional(),
            limit: z.coerce.number().int().min(1).max(200).default(50),
          }),
          response: { 200: page },
        },
      },
      async (request) => {
        const { state: wanted = null, after = null, limit } = request.query;
        const query = { state: wanted, after, limit };
        const { statuses, next, counts } = await this.#list.execute(query, { signal: requestSignal(request) });
        return { items: statuses.map(statusRepresentation), next, counts };
      },
    );
  }
}

export function statusRepresentation(
  status: BackupStatusSnapshot & { readonly state: BackupState },
): z.infer<typeof statusSchema> {
  const { deviceId, state: current, consecutiveFailures, jobId, lastFailure } = status;
  return {
    deviceId,
    state: current,
    knownSince: status.knownSince.toISOString(),
    lastSuccessAt: status.lastSuccessAt?.toISOString() ?? null,
    lastFailure: lastFailure && { ...lastFailure, at: lastFailure.at.toISOString() },
    consecutiveFailures,
    staleSince: status.staleSince?.toISOString() ?? null,
    jobId,
  };
}
