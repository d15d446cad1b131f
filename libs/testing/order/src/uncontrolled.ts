import { currentCall } from '#testing/container';
import { callSite, runningTest } from '#testing/runtime';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

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

/** A source that was asked, as `Math.random at Draw.execute (…)`. */
export type AskedSource = {
  /** The call of a port whose adapter asked it; undefined where the use case itself did. */
  readonly within: string | undefined;
  toString(): string;
};

/** The sources that one's own code asks during `work`. Not to be called twice at the same time. */
export async function uncontrolledIn(work: () => Promise<unknown>): Promise<readonly AskedSource[]> {
  const seen = new Map<string, AskedSource>();
  const note = (name: string): void => {
    if (runningTest() === undefined) return;
    const text = `${name} at ${String(callSite(note))}`;
    if (!text.endsWith(' an unknown place')) seen.set(text, { within: currentCall()?.what, toString: () => text });
  };
  using _ = watched(note);
  await work();
  return [...seen.values()];
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
