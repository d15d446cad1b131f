import type { Answer, Operation, Thrown } from './operation.ts';

/** One that is under way. Left alone it stays open. */
export type Invocation<A> = {
  /** Throws when it has ended before. */
  answered(value: A): void;
  /** It is certain to have changed nothing, such as a transaction that was rolled back: the history is as if it never was. */
  hadNoEffect(): void;
  /** It has ended without an answer, and whether it has an effect, or will have one, is not known. */
  threw(error: unknown): void;
};

type Entry<Op, A> = {
  readonly client: string;
  readonly op: Op;
  readonly invoked: number;
  answer?: Answer<A>;
  threw?: Thrown;
};

/** Records what several clients ask of one object, and when they are answered, on one counter. */
export class History<Op, A> {
  #time = 0;
  readonly #entries = new Set<Entry<Op, A>>();

  /** To be called immediately before the operation begins, and `answered` as soon as it has come back. */
  invoke(client: string, op: Op): Invocation<A> {
    const entry: Entry<Op, A> = { client, op, invoked: this.#tick() };
    this.#entries.add(entry);
    const mustBeOpen = (): void => {
      if (entry.answer === undefined && entry.threw === undefined && this.#entries.has(entry)) return;
      throw new Error(`An operation of ${client} has ended twice: it is answered, had no effect, or threw, once.`);
    };
    return {
      answered: (value) => {
        mustBeOpen();
        entry.answer = { at: this.#tick(), value };
      },
      hadNoEffect: () => {
        mustBeOpen();
        this.#entries.delete(entry);
      },
      threw: (error) => {
        mustBeOpen();
        entry.threw = { at: this.#tick(), error };
      },
    };
  }

  /** As far as they are known now, in the order in which they were invoked. */
  get operations(): readonly Operation<Op, A>[] {
    return [...this.#entries].map((entry) => ({ ...entry }));
  }

  #tick(): number {
    return (this.#time += 1);
  }
}
