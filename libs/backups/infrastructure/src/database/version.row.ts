import type { VersionSnapshot } from '#backups/domain';
import { EntitySchema } from 'typeorm';

/** A row is a version's snapshot, column by column: the names of hashes and models were checked before they got here. */
export const VersionRow = new EntitySchema<VersionSnapshot>({
  name: 'ConfigVersion',
  tableName: 'config_versions',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'config_versions_pkey' },
    deviceId: { type: 'uuid', name: 'device_id' },
    sequence: { type: 'integer' },
    contentHash: { type: 'text', name: 'content_hash' },
    significantHash: { type: 'text', name: 'significant_hash' },
    bytes: { type: 'integer' },
    model: { type: 'text' },
    collectedAt: { type: 'timestamptz', name: 'collected_at' },
    jobId: { type: 'uuid', name: 'job_id' },
  },
  // Also how a history is read, newest first, from any point: an index is walked backwards as well as forwards.
  uniques: [{ name: 'config_versions_device_id_sequence_key', columns: ['deviceId', 'sequence'] }],
  indices: [{ name: 'config_versions_content_hash_idx', columns: ['contentHash'] }],
  checks: [
    { name: 'config_versions_sequence_check', expression: 'sequence >= 1' },
    { name: 'config_versions_bytes_check', expression: 'bytes >= 0' },
    {
      name: 'config_versions_hashes_check',
      expression: `content_hash ~ '^[0-9a-f]{64}$' AND significant_hash ~ '^[0-9a-f]{64}$'`,
    },
  ],
});
