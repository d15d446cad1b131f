import { Device } from '#devices/domain'; // ✗ @nx/enforce-module-boundaries: "layer:contracts" may import "layer:kernel" only.
import { z } from 'zod'; // ✗ lockstep/allowed-packages: "zod" may not be imported here.

export const known = [Device, z] satisfies unknown[];
