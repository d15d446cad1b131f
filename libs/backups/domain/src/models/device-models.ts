import { aoscx } from './aoscx.ts';
import type { DeviceModel } from './device-model.ts';
import { eos } from './eos.ts';
import { ios } from './ios.ts';
import { junos } from './junos.ts';
import { nxos } from './nxos.ts';
import { opensshLinux } from './openssh-linux.ts';
import { routeros } from './routeros.ts';

/** Every model there is, in alphabetical order of their names. */
export const deviceModels: readonly DeviceModel[] = [aoscx, eos, ios, junos, nxos, opensshLinux, routeros];

export function modelNamed(name: string): DeviceModel | null {
  return deviceModels.find((model) => model.name === name) ?? null;
}
