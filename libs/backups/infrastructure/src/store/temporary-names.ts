import { hostname } from 'node:os';
import type { Ids } from '#kernel';

/** The process that writes, and whether another one of the same machine still runs. */
export type Writer = { readonly host: string; readonly pid: number; readonly isRunning: (pid: number) => boolean };

export const thisProcess: Writer = { host: hostname(), pid: process.pid, isRunning };

/** No write takes this long: what is older was left behind, on whatever machine. */
const ABANDONED_AFTER_MS = 3_600_000;

const NAME = /^(?<pid>\d+)@(?<host>.*)~[0-9a-f-]{36}$/;

/** Names for files that are being written. They say by whom, so that what a dead process left can be told apart. */
export class TemporaryNames {
  readonly #ids: Ids;
  readonly #writer: Writer;
  readonly #inUse: Set<string>;

  /** A process id is used again after a restart: only `inUse`, one set for the whole process, tells ours from our double's. */
  constructor(ids: Ids, writer: Writer, inUse: Set<string>) {
    this.#ids = ids;
    this.#writer = writer;
    this.#inUse = inUse;
  }

  /** A new name, taken until it is disposed. */
  take(): Disposable & { readonly name: string } {
    const name = `${this.#writer.pid}@${this.#writer.host}~${this.#ids.next()}`;
    this.#inUse.add(name);
    return { name, [Symbol.dispose]: () => this.#inUse.delete(name) };
  }

  isAbandoned({ name, ageMs }: { readonly name: string; readonly ageMs: number }): boolean {
    if (ageMs > ABANDONED_AFTER_MS) return true;
    const { pid, host } = NAME.exec(name)?.groups ?? {};
    if (pid === undefined || host !== this.#writer.host) return false;
    if (Number(pid) === this.#writer.pid) return !this.#inUse.has(name);
    return !this.#writer.isRunning(Number(pid));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user cannot be asked, but is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
