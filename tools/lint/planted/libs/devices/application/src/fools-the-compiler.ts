import { ok, Result } from '#kernel'; // ✗ @typescript-eslint/consistent-type-imports: Write `type` before "Result": types do not
import { Clock } from '#kernel'; // ✗ @typescript-eslint/consistent-type-imports: All imports in the declaration are only used as types.

/* eslint-disable */ // ✗ none: '/* eslint-disable */' has no effect
export type Hidden = import('#kernel').Clock; // ✗ @typescript-eslint/consistent-type-imports: Write `import type { T } from …`
export type Anything = any; // ✗ @typescript-eslint/no-explicit-any: "any" turns the compiler off. Say `unknown`
// @ts-ignore // ✗ @typescript-eslint/ban-ts-comment: "@ts-ignore" silences the compiler.
export const wrong: number = 'text';
export const known = (result: Result<Clock, number>): unknown => (result == ok() ? ok() : result); // ✗ lockstep/eqeqeq: Say '===' instead of '=='

export function forgets(state: 'due' | 'running' | 'done'): string {
  switch (state) { // ✗ @typescript-eslint/switch-exhaustiveness-check: This switch forgets "done" | "running". Add the case
    case 'due':
      return 'soon';
    default:
      return 'whatever';
  }
}
