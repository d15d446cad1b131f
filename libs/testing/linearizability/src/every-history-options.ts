import type { ExploreOptions } from '#testing/order';
import type { fc } from '#testing/properties';
import type { LinearizeLimits } from './linearize.ts';
import type { Model } from './model.ts';
import type { Circumstances, Effect } from './play.ts';

export type EveryHistoryOptions<T, S, Op, A> = {
  /** Before the clients begin: brings about the state that the model begins with. */
  readonly given?: (test: T) => unknown;
  readonly operations: fc.Arbitrary<Op>;
  /** Asks the object under test. What is refused is an answer as well. */
  readonly perform: (test: T, op: Op, circumstances: Circumstances) => Promise<A>;
  readonly model: Model<S, Op, A>;
  /**
   * What an operation that threw has done: `no effect`, as a transaction that was rolled back, or `unknown`, as a connection that
   * broke. Anything else that is thrown fails the test.
   */
  readonly thrown?: (error: unknown, op: Op) => Effect | undefined;
  /** 2 unless told. */
  readonly clients?: number;
  /** Operations of one client: up to 3 unless told. */
  readonly length?: number;
  /** How many are generated: 20 unless told. */
  readonly programs?: number;
  /** Whether the order of the clients' calls of ports is chosen; else they run as they come, `runs` times each program. */
  readonly controlled?: boolean;
  /** The bounds of each program's search: up to 2 switches and 500 orders unless told. */
  readonly orders?: Omit<ExploreOptions, 'within' | 'signal'>;
  /** Without control: 10 unless told. */
  readonly runs?: number;
  readonly limits?: LinearizeLimits;
  /** Milliseconds of real time for all of it: 60,000 unless told. */
  readonly within?: number;
};
