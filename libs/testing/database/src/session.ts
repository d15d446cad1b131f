import { openCall } from '#testing/runtime';
import type { Socket } from 'node:net';
import type { PoolClient } from 'pg';
import { pidOf, socketOf } from './driver-parts.ts';
import type { Holder } from './holder.ts';
import { onQueries, silence, type Query } from './on-queries.ts';

let sessions = 0;

/** A connection of a pool that is watched, from the first time it is taken until it ends. */
export class Session {
  readonly client: PoolClient;
  /** Tells it from all others of the process. */
  readonly number = (sessions += 1);
  #holder: Holder | undefined;
  #moves = 0;
  #giveBack: PoolClient['release'] | undefined;
  #isDead = false;

  constructor(client: PoolClient) {
    this.client = client;
  }

  /** Of the process that serves it. */
  get pid(): number {
    return pidOf(this.client);
  }

  /** Who has taken it out of the pool. */
  get holder(): Holder | undefined {
    return this.#holder;
  }

  /** Grows with every statement and every answer. */
  get moves(): number {
    return this.#moves;
  }

  get socket(): Socket {
    return socketOf(this.client);
  }

  get isAnswered(): boolean {
    return (this.holder?.unanswered ?? 0) === 0;
  }

  /**
   * Notes who takes it, and what is asked on it; `query` sends its statements where it is given. Code gives it back by what
   * this answers, or by the method that the pool puts on the connection.
   */
  take(by: Pick<Holder, 'test' | 'site'>, query: Query | undefined): PoolClient['release'] {
    const { client } = this;
    const holder: Holder = { ...by, query: undefined, unanswered: 0, idleSince: performance.now() };
    this.#holder = holder;
    onQueries(client, { asked: (text) => this.#asked(text, this.#holder ?? holder), query });
    const giveBack = (this.#giveBack = client.release.bind(client));
    client.release = (error) => {
      if (this.#isDead) return;
      this.#holder = undefined;
      giveBack(error);
    };
    return client.release;
  }

  #asked(text: string, by: Holder): () => void {
    by.query = text;
    by.unanswered += 1;
    this.#moves += 1;
    const call = openCall({ what: `the answer to ${text}`, site: by.site, test: by.test });
    return () => {
      call[Symbol.dispose]();
      by.unanswered -= 1;
      by.idleSince = performance.now();
      this.#moves += 1;
    };
  }

  /** The process on this side of it dies: nobody there hears of it again. */
  die(): void {
    this.#isDead = true;
    silence(this.client);
    this.socket.destroy(); // what the server still says would be told to listeners
    if (this.holder !== undefined) this.#giveBack?.(true); // its pool is not closed before
  }

  /** Its last statement; no other connection of the process has the same line. */
  get line(): string {
    const { holder, number } = this;
    if (holder === undefined) return `connection ${number}, given back to the pool`;
    return `query: ${holder.query ?? 'none'}, on connection ${number}, taken by ${holder.site}`;
  }
}
