import type { Known, KnownModel } from './known-model.ts';
import type { Operation } from './operation.ts';

/** An operation at its place in an order, and what it led to. */
export type Placed<S, Op, A> = { readonly operation: Operation<Op, A>; readonly state: S };

/** An answer that the model gives to the operation that is asked about, and the state it gives it in. */
export type Reached<S, A> = { readonly state: S; readonly answer: A };

export type Sought<S, Op, A> =
  | { readonly kind: 'found'; readonly order: readonly Placed<S, Op, A>[] }
  | { readonly kind: 'none'; readonly reached: readonly Reached<S, A>[] }
  | { readonly kind: 'gave up' };

export type Search<S, Op, A> = {
  /** In the order in which they were invoked. */
  readonly operations: readonly Operation<Op, A>[];
  readonly model: KnownModel<S, Op, A>;
  /** How often the model may be asked. */
  readonly steps: number;
  /** The operation whose possible answers are told when there is no order. */
  readonly about?: Operation<Op, A>;
};

/**
 * Looks for an order of the operations, with open ones where they help, that gives every answer that was given, and in which
 * nothing comes before what was answered before it was invoked. This is the search of Wing and Gong with the memory of Lowe:
 * what is to come depends only on which operations are done and on the state, so no pair of these is looked at twice.
 */
export function seekWitness<S, Op, A>({ operations, model, steps, about }: Search<S, Op, A>): Sought<S, Op, A> {
  const seen = new Set<string>();
  const order: Placed<S, Op, A>[] = [];
  const reached = new Map<string, Reached<S, A>>();
  const answered = operations.reduce((all, { answer }, index) => (answer ? all | bit(index) : all), 0n);
  let left = steps;

  const completes = (done: bigint, at: Known<S>): boolean => {
    if ((done & answered) === answered) return true;
    for (const index of candidates(operations, done)) {
      if (left === 0) return false;
      left -= 1;
      const operation = operations[index] as Operation<Op, A>;
      const { next, answer } = model.apply(at, operation.op);
      if (operation.answer !== undefined && !model.equals(answer, operation.answer.value)) {
        if (operation === about) reached.set(at.key, { state: at.state, answer });
        continue;
      }
      if (operation.answer === undefined && next.key === at.key) continue; // the same as if it never happened
      const now = done | bit(index);
      const place = `${now.toString(36)} ${next.key}`;
      if (seen.has(place)) continue;
      seen.add(place);
      order.push({ operation, state: next.state });
      if (completes(now, next)) return true;
      order.pop();
    }
    return false;
  };

  if (completes(0n, model.initial())) return { kind: 'found', order };
  return left === 0 ? { kind: 'gave up' } : { kind: 'none', reached: [...reached.values()] };
}

/** Those that may come next: they were invoked before any other that is left was answered. */
function candidates(operations: readonly Operation<unknown, unknown>[], done: bigint): readonly number[] {
  const found: number[] = [];
  let firstAnswer = Infinity;
  for (const [index, { invoked, answer }] of operations.entries()) {
    if ((done & bit(index)) !== 0n) continue;
    if (invoked > firstAnswer) break;
    found.push(index);
    firstAnswer = Math.min(firstAnswer, answer?.at ?? Infinity);
  }
  return found;
}

function bit(index: number): bigint {
  return 1n << BigInt(index);
}
