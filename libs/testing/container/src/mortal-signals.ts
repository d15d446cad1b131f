/**
 * The signals that adapters get in place of their callers': these abort as well when the process dies, so that mock adapters
 * undo what is open, as a connection would that breaks. The callers' own do not, since their code stands still.
 */
export class MortalSignals {
  readonly #death = new AbortController();
  readonly #standIns = new WeakMap<AbortSignal, AbortSignal>();
  readonly #callers = new WeakMap<AbortSignal, AbortSignal>();

  get hasDied(): boolean {
    return this.#death.signal.aborted;
  }

  die(): void {
    this.#death.abort(new Error('The process has died.'));
  }

  /** What stands in for an argument: a signal, or options with one; anything else is given back as it is. */
  inPlaceOf(value: object): object {
    if (value instanceof AbortSignal) return this.#standInOf(value);
    if (Object.getPrototypeOf(value) !== Object.prototype || !('signal' in value)) return value;
    return value.signal instanceof AbortSignal ? { ...value, signal: this.#standInOf(value.signal) } : value;
  }

  /** The caller's own, where an adapter hands on to a callback what it was given. */
  own(value: unknown): unknown {
    return value instanceof AbortSignal ? (this.#callers.get(value) ?? value) : value;
  }

  #standInOf(signal: AbortSignal): AbortSignal {
    const known = this.#standIns.get(signal);
    if (known !== undefined) return known;
    const standIn = AbortSignal.any([signal, this.#death.signal]);
    this.#standIns.set(signal, standIn);
    this.#callers.set(standIn, signal);
    return standIn;
  }
}
