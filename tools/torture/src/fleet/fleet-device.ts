import type { HostKeyIdentity } from '#device-simulator';

export type FleetDevice = {
  readonly address: string;
  readonly port: number;
  readonly hostKey: HostKeyIdentity;
  readonly model: string;
};

export const CREDENTIALS = { username: 'backup', password: 'simulated-devices-only' };
export const FLEET = 'LOCKSTEP_TORTURE_FLEET';
