import type { Model } from './model.ts';
import { areEqual, textOf } from './plain-data.ts';

/** A state that can be recognised when the search comes to it on another way. */
export type Known<S> = { readonly state: S; readonly key: string };

/** A model whose states are compared by value, and which is caught when it changes one in place. */
export class KnownModel<S, Op, A> {
  readonly #model: Model<S, Op, A>;

  constructor(model: Model<S, Op, A>) {
    this.#model = model;
  }

  initial(): Known<S> {
    return this.#known(this.#model.initial());
  }

  apply({ state, key }: Known<S>, op: Op): { readonly next: Known<S>; readonly answer: A } {
    const applied = this.#model.apply(state, op);
    if (this.#keyOf(state) !== key) {
      throw new Error(
        'The model has changed a state in place: let `apply` answer a new one and leave the old one alone.',
      );
    }
    return { next: this.#known(applied.state), answer: applied.answer };
  }

  equals(expected: A, answered: A): boolean {
    return this.#model.equals?.(expected, answered) ?? areEqual(expected, answered, 'give the model `equals`');
  }

  #known(state: S): Known<S> {
    return { state, key: this.#keyOf(state) };
  }

  #keyOf(state: S): string {
    return this.#model.key?.(state) ?? textOf(state, 'give the model `key`');
  }
}
