/**
 * Node's own timers and clock, taken when the kit is loaded: the kit's limits go on in real time while a test has taken
 * over the global ones. A named import from `node:timers` would not do, as it follows whatever stands in for the original.
 */
export const realTime = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setImmediate: globalThis.setImmediate,
  /** Milliseconds on a clock that never jumps. */
  now: performance.now.bind(performance),
};
