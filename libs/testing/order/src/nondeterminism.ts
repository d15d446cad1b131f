import { callSite, runningTest } from '#testing/runtime';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { inspect } from 'node:util';
import type { Taken } from './ordered-run.ts';

/**
 * Where two runs of the same order part: in the steps, or else in the values that went through the ports. Undefined where
 * they do not.
 */
export function whereTheyPart(
  one: readonly Taken[],
  other: readonly Taken[],
  in_: 'steps' | 'values',
): string | undefined {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const [first, second] = [one[index], other[index]].map((step) => step && told(step, in_));
    if (first !== second)
      return `step ${index + 1} was ${first ?? 'none'} the first time, and ${second ?? 'none'} the second`;
  }
  return undefined;
}

function told({ actor, what, args, outcome }: Taken, in_: 'steps' | 'values'): string {
  if (in_ === 'steps') return `${actor}: ${what}`;
  const answer = outcome === undefined ? '' : ` -> ${outcome.kind} ${short(outcome.value)}`;
  return `${actor}: ${what}(${args.map(short).join(', ')})${answer}`;
}

function short(value: unknown): string {
  if (value instanceof AbortSignal) return 'a signal';
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === 'function') return 'a function';
  const text = inspect(value, { depth: 4, breakLength: Infinity, compact: true });
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

type Source = { readonly name: string; readonly owner: object; readonly key: string };

/** Where values come from that are not the same the next time, and that no port gives. */
const sources: readonly Source[] = [
  { name: 'Math.random', owner: Math, key: 'random' },
  { name: 'Date.now', owner: Date, key: 'now' },
  { name: 'performance.now', owner: performance, key: 'now' },
  { name: 'process.hrtime', owner: process, key: 'hrtime' },
  { name: 'fetch', owner: globalThis, key: 'fetch' },
  { name: 'a real timer', owner: globalThis, key: 'setTimeout' },
  { name: 'a real timer', owner: globalThis, key: 'setInterval' },
  { name: 'crypto.randomUUID', owner: crypto, key: 'randomUUID' },
  { name: 'crypto.randomBytes', owner: crypto, key: 'randomBytes' },
  { name: 'crypto.randomInt', owner: crypto, key: 'randomInt' },
  { name: 'crypto.randomUUID', owner: globalThis.crypto, key: 'randomUUID' },
  { name: 'crypto.getRandomValues', owner: globalThis.crypto, key: 'getRandomValues' },
];

/** The sources that the tests' own code asks during `work`, each with the line. Not to be called twice at the same time. */
export async function uncontrolledIn(work: () => Promise<unknown>): Promise<readonly string[]> {
  const seen = new Set<string>();
  const note = (name: string): void => {
    if (runningTest() === undefined) return;
    const place = String(callSite(note));
    if (!place.startsWith('an unknown place')) seen.add(`${name} at ${place}`);
  };
  using _ = watched(note);
  await work();
  return [...seen];
}

function watched(note: (name: string) => void): Disposable {
  const undo = [...sources.map((source) => watchSource(source, note)), watchDates(note)];
  syncBuiltinESMExports();
  return {
    [Symbol.dispose]: () => {
      for (const step of undo.reverse()) step();
      syncBuiltinESMExports();
    },
  };
}

function watchSource({ name, owner, key }: Source, note: (name: string) => void): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, key);
  const original = Reflect.get(owner, key) as (...args: unknown[]) => unknown;
  const asked = new Proxy(original, {
    apply: (target, self, args) => {
      note(name);
      return Reflect.apply(target, self, args) as unknown;
    },
  });
  Object.defineProperty(owner, key, { value: asked, configurable: true, writable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(owner, key);
    else Object.defineProperty(owner, key, before);
  };
}

function watchDates(note: (name: string) => void): () => void {
  const original = globalThis.Date;
  globalThis.Date = new Proxy(original, {
    construct: (target, args, self) => {
      if (args.length === 0) note('new Date()');
      return Reflect.construct(target, args, self === globalThis.Date ? target : self) as object;
    },
  });
  return () => void (globalThis.Date = original);
}
