/**
 * What the object under test does when it is asked one thing after the other. States and answers are values: `apply` answers
 * a new state and leaves the one it was given alone.
 */
export type Model<S, Op, A> = {
  readonly initial: () => S;
  readonly apply: (state: S, op: Op) => { readonly state: S; readonly answer: A };
  /** Whether what was answered is what the model expects: by value, for plain data, with 0 as -0, unless told. */
  readonly equals?: (expected: A, answered: A) => boolean;
  /** The same for equal states and no others. It is made of plain data unless told. */
  readonly key?: (state: S) => string;
};
