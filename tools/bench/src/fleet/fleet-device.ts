import type { HostKeyIdentity } from '#device-simulator';

export const CREDENTIALS = { username: 'backup', password: 'simulated-devices-only' };
/** Names the variable that says how many devices a fleet has. */
export const COUNT = 'LOCKSTEP_BENCH_DEVICES';

export type FleetDevice = {
  readonly address: string;
  readonly port: number;
  readonly hostKey: HostKeyIdentity;
  readonly model: string;
};

export type FleetReady = {
  readonly kind: 'fleet';
  readonly devices: readonly FleetDevice[];
  readonly deadPort: number;
};
