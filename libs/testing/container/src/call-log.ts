import type { Clock } from '#kernel';
import type { ServiceIdentifier } from 'inversify';
import { types } from 'node:util';
import type { Interceptor, PortCall } from './port-call.ts';

/** A call as a test may look at it afterwards. */
export type LoggedCall = {
  /** Such as `Devices.find`. */
  readonly what: string;
  readonly method: string;
  readonly args: readonly unknown[];
  /** When the call was made, by the clock of the test. */
  readonly at: Date;
  readonly outcome: CallOutcome;
};

export type CallOutcome =
  | { readonly kind: 'open' }
  | { readonly kind: 'answered'; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly error: unknown };

type Entry = { readonly call: PortCall; readonly at: Date; outcome: CallOutcome };

/** Every call of every port of one test, in the order in which they were made, as their callers saw them answered. */
export class CallLog {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #entries: Entry[] = [];

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** In the order in which they were made, whichever of these ports they were made of. */
  of(...ports: readonly ServiceIdentifier[]): readonly LoggedCall[] {
    return this.#entries
      .filter(({ call }) => ports.some((port) => call.isOf(port)))
      .map(({ call: { what, method, args }, at, outcome }) => ({ what, method, args, at, outcome }));
  }

  readonly intercept: Interceptor = (call, proceed) => {
    const entry: Entry = { call, at: this.#clock.now(), outcome: { kind: 'open' } };
    const answered = (answer: unknown): void => void (entry.outcome = { kind: 'answered', answer });
    const failed = (error: unknown): void => void (entry.outcome = { kind: 'failed', error });
    this.#entries.push(entry);
    try {
      const answer = proceed();
      if (types.isPromise(answer)) answer.then(answered, failed);
      else answered(answer);
      return answer;
    } catch (error) {
      failed(error);
      throw error;
    }
  };
}
