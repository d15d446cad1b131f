import type { OrderedRun } from './ordered-run.ts';

/** Does not wait for what nobody wants to know any more. */
export function stopping(
  signal: AbortSignal | undefined,
  run: Pick<OrderedRun, 'stop'>,
): Disposable & { readonly stopped: Promise<never> } {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  stopped.catch(() => {});
  const stop = (): void => {
    run.stop(signal?.reason);
    reject(signal?.reason);
  };
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  return { stopped, [Symbol.dispose]: () => signal?.removeEventListener('abort', stop) };
}
