import { Device, type DeviceId, type DeviceSnapshot } from '#devices/domain';
import { EntitySchema } from 'typeorm';

export type DeviceRow = {
  readonly id: DeviceId;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly model: string;
  readonly credentialsKeyId: string;
  readonly credentials: Buffer;
  readonly hostKeyAlgorithm: string | null;
  readonly hostKeyFingerprint: string | null;
  readonly enabled: boolean;
  readonly tags: string[];
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
};

export const UNIQUE_NAME = 'devices_name_key';

export const DeviceRow = new EntitySchema<DeviceRow>({
  name: 'Device',
  tableName: 'devices',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'devices_pkey' },
    // Lower case already, and sorted by character, so that pages do not depend on the language of the database.
    name: { type: 'text', collation: 'C' },
    address: { type: 'text', collation: 'C' },
    port: { type: 'integer' },
    model: { type: 'text', collation: 'C' },
    credentialsKeyId: { type: 'text', name: 'credentials_key_id' },
    credentials: { type: 'bytea' },
    hostKeyAlgorithm: { type: 'text', name: 'host_key_algorithm', nullable: true },
    hostKeyFingerprint: { type: 'text', name: 'host_key_fingerprint', nullable: true },
    enabled: { type: 'boolean' },
    tags: { type: 'text', array: true, collation: 'C' },
    version: { type: 'integer' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    changedAt: { type: 'timestamptz', name: 'changed_at' },
  },
  uniques: [{ name: UNIQUE_NAME, columns: ['name'] }],
  checks: [
    { name: 'devices_name_check', expression: 'name = lower(name)' },
    { name: 'devices_port_check', expression: 'port BETWEEN 1 AND 65535' },
    { name: 'devices_tags_check', expression: 'cardinality(tags) <= 50' },
    { name: 'devices_version_check', expression: 'version >= 1' },
    { name: 'devices_host_key_check', expression: '(host_key_algorithm IS NULL) = (host_key_fingerprint IS NULL)' },
  ],
});

export function rowOf(device: Device): DeviceRow {
  const { credentials, hostKey, tags, ...columns } = device.snapshot();
  return {
    ...columns,
    tags: [...tags],
    credentialsKeyId: credentials.keyId,
    credentials: Buffer.from(credentials.bytes),
    hostKeyAlgorithm: hostKey?.algorithm ?? null,
    hostKeyFingerprint: hostKey?.fingerprint ?? null,
  };
}

export function deviceOf(row: DeviceRow): Device {
  const { credentialsKeyId, credentials, ...columns } = row;
  return Device.restore({
    ...withHostKey(columns),
    credentials: { keyId: credentialsKeyId, bytes: Uint8Array.from(credentials) },
  });
}

type HostKeyColumns = Pick<DeviceRow, 'hostKeyAlgorithm' | 'hostKeyFingerprint'>;
type WithHostKey<Columns> = Omit<Columns, keyof HostKeyColumns> & Pick<DeviceSnapshot, 'hostKey'>;

/** The two columns of the host key as the one thing that they are. */
export function withHostKey<Columns extends HostKeyColumns>(row: Columns): WithHostKey<Columns> {
  const { hostKeyAlgorithm: algorithm, hostKeyFingerprint: fingerprint, ...columns } = row;
  return { ...columns, hostKey: algorithm === null || fingerprint === null ? null : { algorithm, fingerprint } };
}
