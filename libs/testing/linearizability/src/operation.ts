/**
 * What one client asked, and what it was told. Times are those of the history's own counter: they say what was before what,
 * not how long it took. Without an `answer` the operation is open: it may have taken effect at any time since, or never.
 */
export type Operation<Op, A> = {
  readonly client: string;
  readonly op: Op;
  readonly invoked: number;
  readonly answer?: Answer<A>;
};

export type Answer<A> = { readonly at: number; readonly value: A };

export type Answered<Op, A> = Operation<Op, A> & { readonly answer: Answer<A> };

export function isAnswered<Op, A>(operation: Operation<Op, A>): operation is Answered<Op, A> {
  return operation.answer !== undefined;
}

/** What was known at that time. */
export function upTo<Op, A>(time: number, operations: readonly Operation<Op, A>[]): readonly Operation<Op, A>[] {
  return operations
    .filter(({ invoked }) => invoked <= time)
    .map((operation) => {
      if (operation.answer === undefined || operation.answer.at <= time) return operation;
      const { answer: _, ...open } = operation;
      return open;
    });
}
