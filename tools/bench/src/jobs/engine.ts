/** Jobs that do nothing, in one way to keep them. Every end that is told is committed. */
export type JobEngine = {
  /** Makes what the engine needs in an empty database. */
  readonly prepare: (url: string, signal: AbortSignal) => Promise<void>;
  /** Opens what submits jobs: one by one, each committed when its promise resolves. */
  readonly submitter: (url: string) => Promise<(seq: number) => Promise<void>>;
  /** Opens what works on jobs, in so many places. Nothing begins before the answer is called; what it answers ends with the process. */
  readonly worker: (url: string, places: number, name: string, ended: () => void) => Promise<() => Promise<unknown>>;
  /** Opens what claims one job and, separately, ends it; null where the engine does not offer that. */
  readonly claimer: ((url: string, callers: number) => Promise<Claim>) | null;
  /** How many jobs have ended well. */
  readonly countEnded: (url: string) => Promise<number>;
};

/** Claims one job; the answer ends it. */
export type Claim = () => Promise<() => Promise<void>>;
