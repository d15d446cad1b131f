import type { BackupStatus, DeviceEvent } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import type { BackupsStores } from './ports/backups-transaction.ts';
import { tell } from './tell.ts';

/** Changes the status of one device, and records what others should be told of. */
export async function recordOutcome(
  { statuses, outbox }: Pick<BackupsStores, 'statuses' | 'outbox'>,
  { deviceId, now }: { readonly deviceId: DeviceId; readonly now: Date },
  change: (status: BackupStatus) => readonly DeviceEvent[],
): Promise<void> {
  const known = await statuses.of([deviceId], now);
  for (const status of known) await tell(outbox, deviceId, change(status));
  await statuses.save(known);
}
