/** Everything about a request that has an end. Set explicitly, because several of the defaults underneath are "none". */
export type HttpLimits = {
  /** The largest body, in bytes. */
  readonly bodyBytes: number;
  /** All headers together, in bytes. */
  readonly headerBytes: number;
  /** How long the headers may take to arrive. */
  readonly headersMs: number;
  /** How long the whole request may take to arrive. */
  readonly arrivalMs: number;
  /** How often slow arrivals are looked for. */
  readonly arrivalCheckMs: number;
  /** How long an answer may take to be made, from the arrival of the headers. */
  readonly answerMs: number;
  /** How long a connection may wait for its next request. */
  readonly idleMs: number;
  /** How long a connection may be silent altogether. */
  readonly silenceMs: number;
  /** How many clients may be connected at once. */
  readonly connections: number;
  /** How long requests in flight may go on when the server is closed. */
  readonly graceMs: number;
  /** How many clients may follow events at once. */
  readonly streams: number;
  /** How often a stream of events shows that it is alive. Who takes nothing for twice as long is cut off. */
  readonly streamBeatMs: number;
};

export const DEFAULT_LIMITS: HttpLimits = {
  bodyBytes: 256 * 1024,
  headerBytes: 16 * 1024,
  headersMs: 10_000,
  arrivalMs: 30_000,
  arrivalCheckMs: 2_000,
  answerMs: 30_000,
  idleMs: 65_000,
  silenceMs: 120_000,
  connections: 2_000,
  graceMs: 10_000,
  streams: 200,
  streamBeatMs: 15_000,
};
