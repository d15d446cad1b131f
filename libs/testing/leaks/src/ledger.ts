import type { RunningTest } from '#testing/runtime';

/** Something that a test has opened and has to close. */
export type Opened = {
  readonly owner: RunningTest;
  /** In plain words, such as `a TCP server`. */
  readonly what: string;
  /** The line that opened it; undefined where nobody can tell. */
  readonly place: string | undefined;
  /** What to do about it, as an order. */
  readonly advice: string;
  readonly isOpen: () => boolean;
};

const byOwner = new Map<RunningTest, Set<Opened>>();

/** Enters something into the ledger, until the result is disposed. */
export function enter(entry: Opened): Disposable {
  const own = byOwner.get(entry.owner);
  if (own === undefined) byOwner.set(entry.owner, new Set([entry]));
  else own.add(entry);
  return { [Symbol.dispose]: () => void byOwner.get(entry.owner)?.delete(entry) };
}

/** What a test has opened and nobody has closed. */
export function openOf(owner: RunningTest): readonly Opened[] {
  return [...(byOwner.get(owner) ?? [])].filter(({ isOpen }) => isOpen());
}

/** Those of whom the ledger knows anything. */
export function owners(): readonly RunningTest[] {
  return [...byOwner.keys()];
}

/** Closes the account of a test. What it opens from now on, behind its end, opens another one. */
export function close(owner: RunningTest): void {
  byOwner.delete(owner);
}
