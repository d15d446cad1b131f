import { DeviceDirectory } from '#devices/contracts'; // ✗ @nx/enforce-module-boundaries: "layer:tool" may import

export const known = [DeviceDirectory] satisfies unknown[];
