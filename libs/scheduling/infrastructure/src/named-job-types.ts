import type { JobTypes } from '#scheduling/application';

/** The types that the composition root names. */
export class NamedJobTypes implements JobTypes {
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  names(): readonly string[] {
    return this.#names;
  }
}
