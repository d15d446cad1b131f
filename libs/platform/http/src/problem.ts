/** A refusal as HTTP tells it (RFC 9457). `code` is stable and listed in `docs/errors.md`; `detail` says what to do. */
export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** Facts of the refusal a program may want, such as the known values. */
  readonly facts?: Readonly<Record<string, unknown>>;
};
