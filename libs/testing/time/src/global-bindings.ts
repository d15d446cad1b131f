import { createRequire, syncBuiltinESMExports } from 'node:module';
import type * as TimersPromises from 'node:timers/promises';

const require = createRequire(import.meta.url);

type Binding = { readonly holder: object; readonly key: PropertyKey; readonly was: PropertyDescriptor | undefined };

/** Every place from which code takes timers and the time of day, as it is now. */
export class GlobalBindings {
  readonly #bindings: readonly Binding[];

  constructor() {
    const timers = require('node:timers') as object;
    const promised = require('node:timers/promises') as typeof TimersPromises;
    const places: readonly (readonly [object, readonly PropertyKey[]])[] = [
      [globalThis, [...TIMERS, 'Date', 'Intl', 'Temporal', 'performance']],
      [timers, TIMERS],
      [promised, TIMERS],
      [promised.scheduler, ['wait']],
      [process, ['hrtime']],
      [process.hrtime, ['bigint']],
      [performance, ['now']],
      [AbortSignal, ['timeout']],
      [Atomics, ['waitAsync']],
    ];
    this.#bindings = places.flatMap(([holder, keys]) =>
      keys.map((key) => ({ holder, key, was: Object.getOwnPropertyDescriptor(holder, key) })),
    );
  }

  /** Puts everything back where it was, for imports by name too. */
  restore(): void {
    for (const { holder, key, was } of this.#bindings) {
      if (was === undefined) Reflect.deleteProperty(holder, key);
      else Object.defineProperty(holder, key, was);
    }
    syncBuiltinESMExports();
  }
}

const TIMERS = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
] as const;
