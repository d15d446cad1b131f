import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { callSite, runningTest } from '#testing/runtime';
import { enter } from './ledger.ts';

/**
 * Enters every `FileHandle` that a test opens into the ledger, until it is closed. Wraps `open` of `node:fs/promises`, since
 * Node announces these handles in nobody's context; what Node opens for itself, as `readFile` does, goes past it.
 */
export function watchFileHandles(): void {
  const { open } = promises;
  const watched: typeof open = async (...args) => {
    const owner = runningTest();
    const place = callSite(watched);
    const handle = await open(...args);
    if (owner !== undefined) {
      enter({
        owner,
        what: `a FileHandle of ${String(args[0])}`,
        get place() {
          return String(place);
        },
        advice: 'close it, or open it with `await using`',
        isOpen: () => handle.fd >= 0,
        descriptor: handle.fd,
      });
    }
    return handle;
  };
  promises.open = watched;
  syncBuiltinESMExports();
}
