import { constants } from 'node:os';

/**
 * Aborts when this process is told to stop: by SIGTERM or SIGINT, or because the process that started it with a channel
 * is gone or has closed it. A second SIGTERM or SIGINT ends the process at once.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(128 + constants.signals[name]);
      stop.abort(new Error(`Told to stop by ${name}.`));
    });
  }
  process.once('disconnect', () => stop.abort(new Error('The process that started this one is gone.')));
  return stop.signal;
}
