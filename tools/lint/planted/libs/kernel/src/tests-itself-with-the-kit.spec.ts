import { useScope } from '#testing/lifecycle'; // ✗ @nx/enforce-module-boundaries: "kernel" and "testing-lifecycle" need each other: // ✗ lockstep/test-support: Tests of this layer may use nothing of the test kit

export const known: unknown = useScope;
