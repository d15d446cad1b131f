/** What a benchmark of the product is asked for. `quick` is for trying whether it runs: its figures mean little. */
export type Asked = {
  readonly size: 'quick' | 'usual';
  readonly runs: number;
  readonly signal: AbortSignal;
  /** Told in a few words what is being measured, for whoever waits. */
  readonly tell: (doing: string) => void;
};

export type Cell = string | number;

/** One table; `title` says what all of its figures have in common. */
export type Figures = { readonly title: string; readonly head: readonly string[]; readonly rows: readonly Cell[][] };
