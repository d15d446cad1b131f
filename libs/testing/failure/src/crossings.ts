import { signalIn, type PortCall } from '#testing/container';
import { callSite, type CallSite } from '#testing/runtime';

/** Where a workflow and a port meet: a call, or a callback that the port was given and that hands back its answer. */
export type Crossing = {
  /** Such as `Orders.find`, or `Transaction.run ends`. */
  readonly what: string;
  /** Tells it from others of its name: `Orders.find#2`. */
  readonly key: string;
  readonly call: PortCall;
  readonly isAnswer: boolean;
  /** What the call was given; for an item of an iteration, what the call was given that began it. */
  readonly signal: AbortSignal | undefined;
  /** The line that made the call. */
  readonly site: CallSite;
  /** Whether it has answered with a promise; a call that answers at once cannot be lost on the way. */
  answersLater: boolean;
};

/** The crossings of one run, in the order in which they were reached. */
export class Crossings {
  readonly #reached: Crossing[] = [];
  readonly #counts = new Map<string, number>();

  get reached(): readonly Crossing[] {
    return this.#reached;
  }

  call(call: PortCall): Crossing {
    return this.#reach(call.what, { call, isAnswer: false, answersLater: false });
  }

  answer(call: PortCall): Crossing {
    return this.#reach(`${call.what} ends`, { call, isAnswer: true, answersLater: true });
  }

  #reach(what: string, about: Omit<Crossing, 'what' | 'key' | 'site' | 'signal'>): Crossing {
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    const crossing: Crossing = {
      what,
      key: `${what}#${count}`,
      signal: this.#signalOf(about.call),
      site: callSite(),
      ...about,
    };
    this.#reached.push(crossing);
    return crossing;
  }

  /** An iteration is known by its name: of two that one method has begun, the later one is meant. */
  #signalOf({ what, method, args }: PortCall): AbortSignal | undefined {
    const begin = method === 'next' ? this.#reached.findLast((one) => `${one.what}.next` === what) : undefined;
    return signalIn(args) ?? begin?.signal;
  }
}
