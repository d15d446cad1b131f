import type { History } from './history.ts';
import { KnownModel } from './known-model.ts';
import type { Model } from './model.ts';
import { isAnswered, upTo, type Answered, type Operation } from './operation.ts';
import { widestOverlap } from './overlap.ts';
import { seekWitness, type Placed, type Reached, type Sought } from './witness-search.ts';

export type Linearization<S, Op, A> =
  /** This order explains every answer. Open operations that are not in it need not have happened. */
  | { readonly verdict: 'linearizable'; readonly order: readonly Placed<S, Op, A>[] }
  | Refuted<S, Op, A>
  /** The search was given up after so many steps: nothing is known. */
  | { readonly verdict: 'undecided'; readonly steps: number };

/** No order explains the answers. */
export type Refuted<S, Op, A> = {
  readonly verdict: 'not linearizable';
  /**
   * What happened up to the first answer that no order explains, so operations that were answered later are open in it. It is
   * the shortest, unless `steps` were too few to make sure of that.
   */
  readonly prefix: readonly Operation<Op, A>[];
  /** The operation that was answered last in it. */
  readonly misfit: Answered<Op, A>;
  /** What the model would have answered instead, in each state that orders of the prefix lead to. */
  readonly reached: readonly Reached<S, A>[];
};

export type LinearizeLimits = {
  /** Operations under way at the same time, with which the search grows exponentially: 12 unless told. */
  readonly overlapping?: number;
  /** How often the model is asked at most: 200,000 unless told, which takes a second or two. */
  readonly steps?: number;
};

/**
 * Decides whether the operations could have happened one at a time, each at some moment between its invocation and its answer,
 * as the model says. Throws where too many overlap, or where the model's states or answers cannot be compared.
 */
export function linearize<S, Op, A>(
  history: Pick<History<Op, A>, 'operations'>,
  model: Model<S, Op, A>,
  { overlapping = 12, steps = 200_000 }: LinearizeLimits = {},
): Linearization<S, Op, A> {
  const operations = history.operations.toSorted((one, other) => one.invoked - other.invoked);
  const overlap = widestOverlap(operations);
  if (overlap > overlapping) {
    throw new Error(
      `${overlap} operations overlap, open ones included, and the search is made for ${overlapping}: ` +
        'use fewer clients or fewer operations that stay open, or raise `overlapping`.',
    );
  }
  const known = new KnownModel(model);
  const whole = seekWitness({ operations, model: known, steps });
  if (whole.kind === 'found') return { verdict: 'linearizable', order: whole.order };
  if (whole.kind === 'gave up') return { verdict: 'undecided', steps };
  return shortest(operations, (prefix, about) => seekWitness({ operations: prefix, model: known, steps, about }));
}

/** Once a prefix has no order, no longer one has: so the first without is between the last with one and the whole. */
function shortest<S, Op, A>(
  operations: readonly Operation<Op, A>[],
  seek: (prefix: readonly Operation<Op, A>[], about: Answered<Op, A>) => Sought<S, Op, A>,
): Refuted<S, Op, A> {
  const answers = operations.filter(isAnswered).toSorted((one, other) => one.answer.at - other.answer.at);
  let refuted: Refuted<S, Op, A> | undefined;
  let [from, to] = [0, answers.length - 1];
  while (from <= to) {
    const middle = Math.floor((from + to) / 2);
    const misfit = answers[middle] as Answered<Op, A>;
    const prefix = upTo(misfit.answer.at, operations);
    const sought = seek(prefix, misfit);
    if (sought.kind === 'none') {
      refuted = { verdict: 'not linearizable', prefix, misfit, reached: sought.reached };
      to = middle - 1;
    } else from = middle + 1;
  }
  return refuted as Refuted<S, Op, A>;
}
