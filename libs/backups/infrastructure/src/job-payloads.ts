import { BACKUP_JOB, BATCH_JOB, FRESHNESS_JOB } from '#backups/application';
import type { DeviceDirectory, DeviceId, DeviceSelection } from '#devices/contracts';
import type { Json } from '#kernel';
import { problemWithInput } from '#platform/http';
import type { JobType } from '#scheduling/contracts';
import { z } from 'zod';

const MOST = 1_000;
const deviceId = z.uuid().transform((id) => id.toLowerCase() as DeviceId);
const text = z.string().min(1).max(200);
const texts = z.array(text).max(MOST);

/** A selection of devices as clients and schedules write it. */
export const selectionSchema = z
  .strictObject({
    ids: z.array(deviceId).max(MOST).optional(),
    models: texts.optional(),
    tags: z.strictObject({ any: texts.optional(), all: texts.optional(), none: texts.optional() }).optional(),
    text: text.optional(),
  })
  .meta({ id: 'DeviceSelection', description: 'All that is said has to apply; `{}` means every device.' });

export const runPayload = z.strictObject({ deviceId });
export const batchPayload = z.strictObject({ selection: selectionSchema });
export const freshnessPayload = z.strictObject({});

/** Without the members that are undefined, which a selection may not have. */
export function selectionOf(parsed: z.infer<typeof selectionSchema>): DeviceSelection {
  return JSON.parse(JSON.stringify(parsed)) as DeviceSelection;
}

/** A type of job whose payload has a schema. */
export class SchemaJobType implements JobType {
  readonly name: string;
  readonly #schema: z.ZodType;

  constructor(name: string, schema: z.ZodType) {
    this.name = name;
    this.#schema = schema;
  }

  problemWith(payload: Json): string | null {
    const parsed = this.#schema.safeParse(payload);
    return parsed.success ? null : problemWithInput(parsed.error);
  }
}

/** Its device has to be one that is registered, when somebody asks for it. */
export class RunJobType extends SchemaJobType {
  readonly #devices: DeviceDirectory;

  constructor(devices: DeviceDirectory) {
    super(BACKUP_JOB, runPayload);
    this.#devices = devices;
  }

  async refusalOf(payload: Json, signal: AbortSignal): Promise<string | null> {
    const { deviceId } = runPayload.parse(payload);
    const [known] = await this.#devices.known([deviceId], signal);
    return known === undefined ? `names the device ${deviceId}, which is not registered` : null;
  }
}

/** Those that say it all by their payloads. */
export const backupJobTypes: readonly SchemaJobType[] = [
  new SchemaJobType(BATCH_JOB, batchPayload),
  new SchemaJobType(FRESHNESS_JOB, freshnessPayload),
];
