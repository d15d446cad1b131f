import { modelNamed, type CollectedConfiguration, type CollectionFailure } from '#backups/domain';
import { SshConfigSource, type CollectionLimits } from '#backups/infrastructure';
import type { DeviceId, HostKey } from '#devices/contracts';
import { Secret, type Result } from '#kernel';
import { SystemClock } from '#platform/system';
import { CREDENTIALS, type FleetDevice } from './fleet-device.ts';

export type Place = Omit<FleetDevice, 'hostKey'> & { readonly hostKey: HostKey | null };

/** Collects the configuration of a simulated device as the product does, in real time. */
export function collectFrom(
  { address, port, hostKey, model }: Place,
  limits: Partial<CollectionLimits>,
  signal: AbortSignal,
): Promise<Result<CollectedConfiguration, CollectionFailure>> {
  const named = modelNamed(model);
  if (named === null) throw new Error(`There is no model ${model}.`);
  const { username, password } = CREDENTIALS;
  const credentials = { kind: 'password', username, password: new Secret(password) } as const;
  const id = '00000000-0000-7000-8000-000000000001' as DeviceId;
  const access = { id, name: model, address, port, model, hostKey, credentials };
  return new SshConfigSource(new SystemClock(), limits).collect(access, named, signal);
}
