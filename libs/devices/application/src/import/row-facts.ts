import type { DeviceCredentials } from '#devices/contracts';
import {
  HostKey,
  parseDeviceDetails,
  parseTags,
  type DeviceDetails,
  type DeviceDetailsText,
  type Tag,
} from '#devices/domain';
import { err, ok, type Result } from '#kernel';
import type { DeviceColumn, DeviceTableRow } from '../ports/device-table.ts';
import type { RowRefused } from './import-report.ts';

/** What a row says of a device, checked. What it leaves out is left out. */
export type RowFacts = {
  readonly details: DeviceDetails;
  readonly credentials?: DeviceCredentials;
  readonly extras: { readonly tags?: readonly Tag[]; readonly enabled?: boolean; readonly hostKey?: HostKey };
};

const DEFAULT_PORT = 22;

/** Reads a row about a device that is there (`before`), or is to be registered: then more has to be said. */
export function factsOf(
  row: DeviceTableRow,
  before: DeviceDetailsText | null,
  models: readonly string[],
): Result<RowFacts, RowRefused> {
  const { unusable: columns, name, address, port, model, enabled } = row;
  if (columns.length > 0) return err({ kind: 'UnusableCells', columns });

  const said = { ...(address && { address }), ...(port !== undefined && { port }), ...(model && { model }) };
  const whole = { port: DEFAULT_PORT, address: '', model: '', ...before, ...said, name };
  const missing = (['address', 'model'] as const).filter((column) => whole[column] === '');
  if (missing.length > 0) return err({ kind: 'MissingCells', columns: missing });

  const details = parseDeviceDetails(whole, models);
  if (!details.ok) return details;
  const tags = row.tags && parseTags(row.tags);
  if (tags?.ok === false) return tags;
  const hostKey = row.hostKey && HostKey.parse(row.hostKey);
  if (hostKey?.ok === false) return hostKey;
  const credentials = credentialsOf(row);
  if (!credentials.ok) return credentials;
  if (credentials.value === null && before === null)
    return err({ kind: 'MissingCells', columns: ['username', 'password'] });

  return ok({
    details: details.value,
    ...(credentials.value && { credentials: credentials.value }),
    extras: {
      ...(tags && { tags: tags.value }),
      ...(enabled !== undefined && { enabled }),
      ...(hostKey && { hostKey: hostKey.value }),
    },
  });
}

/** A password or a private key, with the user it belongs to; null when the row says nothing of a login. */
function credentialsOf(row: DeviceTableRow): Result<DeviceCredentials | null, RowRefused> {
  const { username, password, privateKey, passphrase } = row;
  const refuse = (kind: 'MissingCells' | 'ConflictingCells', ...columns: DeviceColumn[]) => err({ kind, columns });

  if (password && privateKey) return refuse('ConflictingCells', 'password', 'private_key');
  if (password && passphrase) return refuse('ConflictingCells', 'password', 'passphrase');
  if (passphrase && !privateKey) return refuse('MissingCells', 'private_key');
  if (!password && !privateKey) return username ? refuse('MissingCells', 'password') : ok(null);
  if (!username) return refuse('MissingCells', 'username');
  if (password) return ok({ kind: 'password', username, password });
  return privateKey ? ok({ kind: 'key', username, privateKey, passphrase: passphrase ?? null }) : ok(null);
}
