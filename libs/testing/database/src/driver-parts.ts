import type { Socket } from 'node:net';
import type { PoolClient } from 'pg';

/** What the driver has and its types do not tell. */
type Parts = PoolClient & { readonly processID: number; readonly connection: { readonly stream: Socket } };

/** The server's process at the other end. */
export function pidOf(client: PoolClient): number {
  return (client as Parts).processID;
}

export function socketOf(client: PoolClient): Socket {
  return (client as Parts).connection.stream;
}
