/** Thrown when the global timers are given back and some are still set: what they were to do does not happen. */
export class LeftoverTimers extends Error {
  readonly timers: readonly string[];

  constructor(timers: readonly string[]) {
    super(`Set, but neither rung nor cleared when the global timers were given back:\n  ${timers.join('\n  ')}`);
    this.name = 'LeftoverTimers';
    this.timers = timers;
  }
}
