import type { DeviceEvent } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import { assertNever, type Json } from '#kernel';
import type { Outbox } from '#notifications/contracts';

/** Records what became of a device. What a device has said, as in the reason of a failure, stays here. */
export async function tell(outbox: Outbox, subject: DeviceId, events: readonly DeviceEvent[]): Promise<void> {
  for (const event of events) await outbox.record({ type: event.type, subject, data: dataOf(event) });
}

function dataOf(event: DeviceEvent): Json {
  switch (event.type) {
    case 'device.changed': {
      const { id, sequence, collectedAt } = event.version;
      return { versionId: id, sequence, collectedAt: collectedAt.toISOString() };
    }
    case 'device.failing': {
      const { at, kind } = event.failure;
      return { failedAt: at.toISOString(), failure: kind, lastSuccessAt: shown(event.lastSuccessAt) };
    }
    case 'device.recovered':
      return { failures: event.failures, staleSince: shown(event.staleSince) };
    case 'device.stale':
      return { lastSuccessAt: shown(event.lastSuccessAt), knownSince: event.knownSince.toISOString() };
    default:
      return assertNever(event);
  }
}

function shown(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
