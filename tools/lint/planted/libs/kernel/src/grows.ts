import { Logger } from '#platform/logging'; // ✗ @nx/enforce-module-boundaries: "kernel" and "platform-logging" need each other:

export const known: unknown = Logger;
