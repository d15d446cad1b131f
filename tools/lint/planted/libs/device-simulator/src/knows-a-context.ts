import { DeviceDirectory } from '#devices/contracts'; // ✗ @nx/enforce-module-boundaries: "layer:testing" may import "layer:kernel", "layer:platform", "layer:testing" only.
import { useScope } from '#testing/lifecycle'; // ✗ lockstep/test-support: "#testing/lifecycle" is test support, and this is not

export const known = [DeviceDirectory, useScope] satisfies unknown[];
