import type { PortCall } from '#testing/container';
import { types } from 'node:util';

/**
 * Which methods of ports answer later. One that is not `async` is known by its first answer, which comes too soon to be held back.
 * Of two objects of one name each has methods of its own, as far as their code differs.
 */
export class LearnedMethods {
  /** Whether a method turned out to answer later than it was taken to: then the run has to be made again. */
  hasLearned = false;
  readonly #later = new Map<string, Set<string>>();

  isLater({ what, isAsync, code }: PortCall): boolean {
    return isAsync || this.#later.get(what)?.has(code()) === true;
  }

  learn({ what, code }: PortCall, answer: unknown): void {
    if (!types.isPromise(answer)) return;
    this.hasLearned = true;
    const later = this.#later.get(what) ?? new Set();
    this.#later.set(what, later.add(code()));
  }
}
