import type { VersionSnapshot } from '#backups/domain';
import { z } from 'zod';

export const versionSchema = z
  .strictObject({
    id: z.uuid(),
    deviceId: z.uuid(),
    sequence: z.int().describe('Counts the versions of one device from 1.'),
    contentHash: z.string().describe('SHA-256 of the content, in hex.'),
    significantHash: z.string().describe('SHA-256 of the content without lines that change by themselves.'),
    bytes: z.int(),
    model: z.string(),
    collectedAt: z.iso.datetime(),
    jobId: z.uuid(),
  })
  .meta({ id: 'Version' });

export function shown(version: VersionSnapshot): z.infer<typeof versionSchema> {
  return { ...version, collectedAt: version.collectedAt.toISOString() };
}
