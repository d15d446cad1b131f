import type { Socket } from 'node:net';
import { COMMIT } from './as-savepoints.ts';
import { pidOf, socketOf } from './driver-parts.ts';
import type { Query } from './on-queries.ts';
import type { ServerSessions } from './server-sessions.ts';

/** What becomes of a COMMIT. Whoever sent it gets the error of the driver for a connection that breaks. */
export type CommitFault = {
  /** The connection breaks before the server hears of it, and the transaction is undone. */
  failsBeforeEffect(): void;
  /** The server commits, and the connection breaks before its answer is there. */
  failsAfterEffect(): void;
};

/** How the ready server ends every answer, but for the state it is in. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5]);

/** Breaks connections at the next COMMITs of a pool. */
export class CommitFaults {
  readonly #server: ServerSessions;
  readonly #faults: ((socket: Socket) => void)[] = [];

  constructor(server: ServerSessions) {
    this.#server = server;
  }

  /** Of several such statements the second is about the COMMIT after that, and so on. */
  onNextCommit(): CommitFault {
    return {
      failsBeforeEffect: () => void this.#faults.push(breakBeforeSending),
      failsAfterEffect: () => void this.#faults.push(breakAtAnswer),
    };
  }

  /** How many there are that no COMMIT has met. */
  get unmet(): number {
    return this.#faults.length;
  }

  forget(): void {
    this.#faults.length = 0;
  }

  readonly query: Query = async (client, text, send) => {
    const fault = COMMIT.test(text) ? this.#faults.shift() : undefined;
    if (fault === undefined) return send();
    fault(socketOf(client));
    try {
      return await send();
    } finally {
      // By then the server has ended the session as well, with its locks.
      await this.#server.end([pidOf(client)]);
    }
  };
}

function breakBeforeSending(socket: Socket): void {
  socket.write = () => {
    socket.destroy();
    return false;
  };
}

function breakAtAnswer(socket: Socket): void {
  let last = Buffer.alloc(0);
  socket.removeAllListeners('data');
  socket.on('data', (bytes: Buffer) => {
    last = Buffer.concat([last, bytes]).subarray(-READY.length - 1);
    if (last.subarray(0, -1).equals(READY)) socket.destroy();
  });
}
