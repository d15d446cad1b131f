import { Logger } from '#platform/logging'; // ✗ @nx/enforce-module-boundaries: "kernel" and "platform-logging" need each other:
import { run } from '#tools/command'; // ✗ @nx/enforce-module-boundaries: "layer:kernel" imports no other project: nothing enters it

export const known = [Logger, run] satisfies unknown[];
