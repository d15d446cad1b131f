import { intercepted } from '#testing/container';
import { types } from 'node:util';

/** Sees whether any work calls a port that answers later. Without such calls there is nothing to be put in order. */
export class PortUse {
  #isSeen = false;

  get isSeen(): boolean {
    return this.#isSeen;
  }

  watched<T>(work: () => T): T {
    return intercepted(
      {
        calls: (_, proceed) => {
          const answer = proceed();
          this.#isSeen ||= types.isPromise(answer);
          return answer;
        },
      },
      work,
    );
  }
}
