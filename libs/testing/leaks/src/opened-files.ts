import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { callSite, runningTest } from '#testing/runtime';
import { enter } from './ledger.ts';

/** Who got a number last: the system gives the number of a closed file to the next one. */
const lastOpening = new Map<number, Opening>();

/**
 * Enters the files that a test opens by `open` and `openSync` of `node:fs`, streams included, and by `open` of
 * `node:fs/promises` into the ledger, until they are closed. Wraps these functions, since Node announces file handles in
 * nobody's context and descriptors not at all. What it opens for itself, as `readFile` does, goes past them, and so does
 * native code.
 */
export function watchFiles(): void {
  const { open, openSync } = fs;
  const { open: openHandle } = promises;

  fs.openSync = function watched(...args) {
    const opening = new Opening(args[0], watched);
    const descriptor = openSync(...args);
    opening.gave(descriptor);
    return descriptor;
  };
  fs.open = function watched(...args: unknown[]): void {
    const opening = new Opening(args[0], watched);
    const callback = args.at(-1);
    const noting = (error: unknown, descriptor: number): void => {
      if (error === null) opening.gave(descriptor);
      (callback as (...result: unknown[]) => void)(error, descriptor);
    };
    Reflect.apply(open, fs, typeof callback === 'function' ? args.with(-1, noting) : args);
  } as typeof open;
  promises.open = async function watched(...args) {
    const opening = new Opening(args[0], watched);
    const handle = await openHandle(...args);
    opening.gaveHandle(handle);
    return handle;
  };
  syncBuiltinESMExports();
}

class Opening {
  readonly #path: string;
  readonly #owner = runningTest();
  readonly #site;

  constructor(path: unknown, by: (...args: never[]) => unknown) {
    this.#path = String(path);
    this.#site = callSite(by);
  }

  gave(descriptor: number): void {
    lastOpening.set(descriptor, this);
    const file = fileAt(descriptor);
    this.#enter(`file descriptor ${descriptor} of ${this.#path}`, 'close it', () => {
      return lastOpening.get(descriptor) === this && fileAt(descriptor) === file;
    });
  }

  gaveHandle(handle: promises.FileHandle): void {
    lastOpening.set(handle.fd, this);
    this.#enter(`a FileHandle of ${this.#path}`, 'close it, or open it with `await using`', () => handle.fd >= 0);
  }

  #enter(what: string, advice: string, isOpen: () => boolean): void {
    if (this.#owner === undefined) return;
    const site = this.#site;
    enter({
      owner: this.#owner,
      what,
      get place() {
        return String(site);
      },
      advice,
      isOpen,
    });
  }
}

function fileAt(descriptor: number): string | undefined {
  try {
    const { dev, ino } = fs.fstatSync(descriptor);
    return `${dev} ${ino}`;
  } catch {
    return undefined;
  }
}
