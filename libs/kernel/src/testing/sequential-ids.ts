import { Ids, type Id } from '../ids.ts';

/** Ids that a test can foretell: `00000000-0000-7000-8000-000000000001` and so on. */
export class SequentialIds extends Ids {
  #last = 0;

  next<Owner extends string>(): Id<Owner> {
    this.#last += 1;
    return sequentialId(this.#last);
  }
}

/** The `position`-th id of {@link SequentialIds}, from 1. */
export function sequentialId<Owner extends string>(position: number): Id<Owner> {
  return `00000000-0000-7000-8000-${position.toString(16).padStart(12, '0')}` as Id<Owner>;
}
