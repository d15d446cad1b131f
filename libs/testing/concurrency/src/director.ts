import { AsyncLocalStorage } from 'node:async_hooks';

/** One of several that act at the same time. */
export type Actor = {
  readonly name: string;
  readonly act: (stage: Stage) => Promise<void>;
};

/** What an actor has from whoever directs it. */
export type Stage = {
  /** Aborts when nobody waits for the actors any more. */
  readonly signal: AbortSignal;
  /** Comes back when it is the actor's turn. `what` names what it does then. */
  step(what: string): Promise<void>;
};

/** Lets all actors act to their ends, and decides whose turn it is. */
export type Director = (actors: readonly Actor[]) => Promise<void>;

const directors = new AsyncLocalStorage<Director>();

/** Races that begin in the context of `work` are run by `director`. */
export function directedBy<T>(director: Director, work: () => T): T {
  return directors.run(director, work);
}

export function currentDirector(): Director | undefined {
  return directors.getStore();
}
