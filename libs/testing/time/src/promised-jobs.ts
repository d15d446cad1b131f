import { callSite, runningTest, type CallSite, type RunningTest } from '#testing/runtime';

/** Something that the engine or a thread of Node computes, and answers by a promise for certain. */
export type PromisedJob = { readonly what: string; readonly test: RunningTest | undefined; readonly site: CallSite };

type Answering = (...args: never[]) => Promise<unknown>;

const open = new Set<PromisedJob>();
let watching = false;

/**
 * Notes from now on which calls of WebCrypto and which compilations of WebAssembly have not answered: `async_hooks` cannot
 * tell a job of the former from one that was done at once, and is told nothing of the latter. Wraps the functions, so that
 * what took hold of them before goes unseen.
 */
export function watchPromisedJobs(): void {
  if (watching) return;
  watching = true;
  wrapAll('crypto.subtle', SubtleCrypto.prototype);
  wrapAll('WebAssembly', Reflect.get(globalThis, 'WebAssembly') as object, [
    'compile',
    'instantiate',
    'compileStreaming',
    'instantiateStreaming',
  ]);
}

export function openPromisedJobs(): Iterable<PromisedJob> {
  return open;
}

function wrapAll(name: string, of: object, methods: readonly string[] = Object.keys(of)): void {
  const all = of as Record<string, Answering>;
  for (const method of methods) {
    const answer = all[method];
    if (answer === undefined) continue;
    const watched = function (this: unknown, ...args: never[]): Promise<unknown> {
      const job: PromisedJob = { what: `${name}.${method}`, test: runningTest(), site: callSite(watched) };
      open.add(job);
      // The caller gets this promise, so that a failure that nobody waits for still is one.
      return Promise.resolve(Reflect.apply(answer, this, args)).finally(() => open.delete(job));
    };
    all[method] = watched;
  }
}
