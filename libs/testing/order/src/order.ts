import { isSwitch, usual, type Choice } from './choice.ts';
import type { Taken } from './taken.ts';
import { tokenOf, type Deviation } from './token.ts';

/** One order of the steps of a scenario, and what came of it. */
export type Order = {
  readonly steps: readonly Taken[];
  /** How often somebody had to wait who could have gone on. */
  readonly switches: number;
  /** By which the same order is taken again. */
  readonly token: string;
  /** What the scenario failed with; undefined when it came to its end. */
  readonly error: unknown;
  /** Statements that waited in the database for another one's end, and for which. */
  readonly waits: readonly string[];
};

/** Remembers which way was taken at each choice. */
export class Way {
  readonly #deviations: Deviation[] = [];
  #length = 0;
  #switches = 0;

  readonly recorded =
    (choose: (choice: Choice) => number | undefined) =>
    (choice: Choice): number | undefined => {
      const option = choose(choice);
      if (option === undefined) return undefined;
      if (option !== usual(choice)) this.#deviations.push({ at: this.#length, option });
      if (isSwitch(choice, option)) this.#switches += 1;
      this.#length += 1;
      return option;
    };

  get token(): string {
    return tokenOf(this.#deviations);
  }

  get switches(): number {
    return this.#switches;
  }
}

/** The way that a token tells. */
export function along(deviations: readonly Deviation[]): (choice: Choice) => number {
  let moment = 0;
  return (choice) => {
    const option = deviations.find(({ at }) => at === moment)?.option ?? usual(choice);
    moment += 1;
    if (option < choice.options.length) return option;
    const options = choice.options.map(({ actor, what }) => `${actor}: ${what}`).join('; ');
    throw new Error(
      `The order is one of another program: at step ${moment} it takes option ${option + 1}, and there are only: ${options}.`,
    );
  };
}
