import type { DevicePlace, DeviceSort, DeviceSortField } from '#devices/application';
import { idSchema } from '#platform/http';
import { z } from 'zod';

const text = z.string().max(253);
const moment = z.iso.datetime().transform((iso) => new Date(iso));
/** What a list is sorted by, as a cursor brings it back. */
const values: Readonly<Record<DeviceSortField, z.ZodType<DevicePlace['value']>>> = {
  name: text,
  address: text,
  port: z.int(),
  model: text,
  enabled: z.boolean(),
  createdAt: moment,
  changedAt: moment,
};

/** Where the next page begins, as a text that is for nobody to read, and only for a list in the same order. */
export function encodeCursor({ value, id }: DevicePlace, { field, descending }: DeviceSort): string {
  return Buffer.from(JSON.stringify([field, descending, value, id])).toString('base64url');
}

/** The place that a cursor means; null when it is none of this order. */
export function decodeCursor(cursor: string, { field, descending }: DeviceSort): DevicePlace | null {
  const parts = z.tuple([z.literal(field), z.literal(descending), values[field], idSchema<'Device'>()]);
  const parsed = parts.safeParse(jsonIn(cursor));
  return parsed.success ? { value: parsed.data[2], id: parsed.data[3] } : null;
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
  } catch {
    return undefined;
  }
}
