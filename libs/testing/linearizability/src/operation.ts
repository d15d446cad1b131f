/**
 * What one client asked, and what it was told. Times are those of the history's own counter: they say what was before what,
 * not how long it took. Without an `answer` the operation is open: it may have taken effect at any time since, or never.
 */
export type Operation<Op, A> = {
  readonly client: string;
  readonly op: Op;
  readonly invoked: number;
  readonly answer?: Answer<A>;
  /** Where it ended without an answer. It is open all the same: what it has done, it may have done later. */
  readonly threw?: Thrown;
};

export type Answer<A> = { readonly at: number; readonly value: A };

export type Thrown = { readonly at: number; readonly error: unknown };

export type Answered<Op, A> = Operation<Op, A> & { readonly answer: Answer<A> };

export function isAnswered<Op, A>(operation: Operation<Op, A>): operation is Answered<Op, A> {
  return operation.answer !== undefined;
}

/** What was known at that time. */
export function upTo<Op, A>(time: number, operations: readonly Operation<Op, A>[]): readonly Operation<Op, A>[] {
  return operations
    .filter(({ invoked }) => invoked <= time)
    .map((operation) => {
      const end = operation.answer ?? operation.threw;
      if (end === undefined || end.at <= time) return operation;
      const { answer: _answer, threw: _threw, ...open } = operation;
      return open;
    });
}
