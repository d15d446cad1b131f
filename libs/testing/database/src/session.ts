import type { Socket } from 'node:net';
import type { PoolClient } from 'pg';
import type { Holder } from './holder.ts';

let sessions = 0;

/** A connection of a pool that is watched, from the first time it is taken until it ends. */
export class Session {
  readonly client: PoolClient;
  /** Tells it from all others of the process. */
  readonly number = (sessions += 1);
  /** Who has taken it out of the pool. */
  holder: Holder | undefined;
  /** Grows with every statement and every answer. */
  moves = 0;

  constructor(client: PoolClient) {
    this.client = client;
  }

  /** Of the process that serves it. */
  get pid(): number {
    return (this.client as PoolClient & { processID: number }).processID;
  }

  get socket(): Socket {
    return (this.client as PoolClient & { connection: { stream: Socket } }).connection.stream;
  }

  get isAnswered(): boolean {
    return (this.holder?.unanswered ?? 0) === 0;
  }

  /** Its last statement; no other connection of the process has the same line. */
  get line(): string {
    const { holder, number } = this;
    if (holder === undefined) return `connection ${number}, given back to the pool`;
    return `query: ${holder.query ?? 'none'}, on connection ${number}, taken by ${holder.site}`;
  }
}
