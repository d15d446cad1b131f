import { Device } from '#devices/contracts'; // ✗ @nx/enforce-module-boundaries: "layer:platform" may import "layer:kernel", "layer:platform" only.
import { Client } from 'ssh2'; // ✗ lockstep/allowed-packages: "ssh2" may not be imported here.

export const known = [Device, Client] satisfies unknown[];
