import type { Socket } from 'node:net';
import type { Client, ClientChannel } from 'ssh2';
import { abortable, type Clock } from '#kernel';
import { SshChannel } from './ssh-channel.ts';
import { ChannelRefused } from './ssh.errors.ts';

/** How long each step may take, in milliseconds. */
export type SshDeadlines = { readonly connect: number; readonly open: number; readonly close: number };

// Wide, so that nothing is folded; without colours, so that little has to be removed.
const TERMINAL = { term: 'dumb', cols: 511, rows: 511 };

/**
 * An authenticated connection to the server whose key was pinned.
 *
 * Its owner disposes it; the abort of the signal it was made with destroys it at once. Opening a channel rejects with
 * {@link ChannelRefused}, with the deadline's or with the signal's reason.
 */
export class SshConnection implements AsyncDisposable {
  readonly #client: Client;
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #deadlines: SshDeadlines;
  #broken = false;

  constructor(parts: { client: Client; socket: Socket; clock: Clock; deadlines: SshDeadlines }) {
    this.#client = parts.client;
    this.#socket = parts.socket;
    this.#clock = parts.clock;
    this.#deadlines = parts.deadlines;
    this.#client.on('error', () => {
      this.#broken = true;
    });
  }

  /** Runs a command in a channel without a terminal. */
  exec(command: string, signal: AbortSignal): Promise<SshChannel> {
    return this.#open((done) => this.#client.exec(command, done), signal);
  }

  /** Opens a terminal that is wide enough for any line. */
  shell(signal: AbortSignal): Promise<SshChannel> {
    return this.#open((done) => this.#client.shell(TERMINAL, done), signal);
  }

  async #open(
    ask: (done: (error: Error | undefined, channel: ClientChannel) => void) => void,
    signal: AbortSignal,
  ): Promise<SshChannel> {
    using deadline = this.#clock.deadline(this.#deadlines.open, signal);
    const { promise, resolve, reject } = Promise.withResolvers<SshChannel>();
    try {
      ask((error, channel) => {
        if (error) reject(new ChannelRefused(error.message));
        // At once: what the server says next must find its listener.
        else resolve(new SshChannel(channel, this.#client, () => this.#broken));
      });
    } catch (error) {
      reject(new ChannelRefused(error instanceof Error ? error.message : String(error)));
    }
    return await abortable(promise, deadline.signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#socket.closed) return;
    const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    using deadline = this.#clock.deadline(this.#deadlines.close);
    deadline.signal.addEventListener('abort', () => this.#socket.destroy());
    this.#client.end();
    this.#socket.destroySoon();
    await closed;
  }
}
