import { untilAborted, type Interception, type Interceptor, type PortCall } from '#testing/container';
import { types } from 'node:util';
import { Crossings, type Crossing } from './crossings.ts';
import type { Fault } from './faults.ts';

/** The one fault of a trial. */
export type Target = {
  /** Of the {@link Crossing} that it is injected into. */
  readonly key: string;
  readonly fault: Fault;
  /** What a call that fails rejects with. */
  readonly error: () => Error;
  /** What the workflow's signal aborts with. */
  readonly reason: Error;
};

/**
 * Stands between a workflow and its ports, notes every crossing, and lets the fault of the target happen when that is
 * reached, once. Without a target it only notes.
 */
export class Injection implements Interception {
  readonly #target: Target | undefined;
  readonly #crossings = new Crossings();
  readonly #abort = new AbortController();
  readonly #death = Promise.withResolvers<void>();
  readonly #crash: () => Promise<void>;
  #before: number | undefined;
  #isDead = false;
  #endless: string | undefined;

  /** @param crash lets the process of the application die */
  constructor(target?: Target, crash: () => Promise<void> = async () => {}) {
    this.#target = target;
    this.#crash = crash;
  }

  /** Aborts where the fault is that. A crash aborts nothing that the workflow could hear of. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Resolves when the process has died; otherwise it never settles. */
  get death(): Promise<void> {
    return this.#death.promise;
  }

  get isMet(): boolean {
    return this.#before !== undefined;
  }

  /** The call that hangs for ever, since it was given no signal that could end it. */
  get endless(): string | undefined {
    return this.#endless;
  }

  get crossings(): readonly Crossing[] {
    return this.#crossings.reached;
  }

  /** Those before the fault; all of them where it was not met. */
  get crossingsBefore(): readonly Crossing[] {
    return this.crossings.slice(0, this.#before);
  }

  readonly mayDie = true;

  readonly calls: Interceptor = (call, proceed) => {
    const crossing = this.#crossings.call(call);
    const target = this.#targetAt(crossing);
    if (target !== undefined) return this.#inject(target, crossing, proceed);
    const answer = proceed();
    crossing.answersLater = types.isPromise(answer);
    return answer;
  };

  readonly answers = async (call: PortCall, answer: Promise<unknown>): Promise<unknown> => {
    await Promise.allSettled([answer]);
    if (this.#isDead) return never();
    const crossing = this.#crossings.answer(call);
    const target = this.#targetAt(crossing);
    return target === undefined ? answer : this.#inject(target, crossing, () => answer);
  };

  #targetAt({ key }: Crossing): Target | undefined {
    if (key !== this.#target?.key) return undefined;
    this.#before = this.crossings.length - 1;
    return this.#target;
  }

  async #inject(
    { fault, error, reason }: Target,
    { what, signal }: Crossing,
    proceed: () => unknown,
  ): Promise<unknown> {
    switch (fault) {
      case 'fails-before':
        throw error();
      case 'fails-after':
        await proceed();
        throw error();
      case 'hangs':
        if (signal === undefined) this.#endless = what;
        return untilAborted(signal);
      case 'aborts':
        this.#abort.abort(reason);
        signal?.throwIfAborted();
        return proceed();
      case 'twice':
        await settled(proceed);
        return proceed();
      case 'crashes-before':
        return this.#die();
      case 'crashes-after':
        await settled(proceed);
        return this.#die();
    }
  }

  async #die(): Promise<never> {
    this.#isDead = true;
    await this.#crash();
    this.#death.resolve();
    return never();
  }
}

async function settled(work: () => unknown): Promise<void> {
  await Promise.allSettled([(async () => work())()]);
}

function never(): Promise<never> {
  return new Promise(() => {});
}
