import { abortable, type Clock } from '#kernel';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';

export type Listening = {
  /** A plain name, no text from outside. */
  readonly channel: string;
  /** Told the payload of every notification; must not throw. */
  readonly onNotification: (payload: string) => void;
  /** Told once the server listens. */
  readonly onListening?: () => void;
  readonly clock: Clock;
};

/** So often the connection is asked whether it still is one: one that is half open keeps silent for ever. */
const PROBE_MS = 20_000;
const ANSWER_MS = 5_000;

/**
 * Listens on a connection of its own, outside of the pool, until `stop` aborts; then it resolves. Rejects when the connection is
 * lost or does not answer: whoever wants to go on listens again, and knows that notifications may have been missed meanwhile.
 */
export async function listenOnce(source: DataSource, listening: Listening, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  const { channel, onNotification, onListening, clock } = listening;
  const { url, applicationName } = source.options as { readonly url?: string; readonly applicationName?: string };
  const client = new Client({
    connectionString: url,
    application_name: applicationName ?? 'lockstep',
    keepAlive: true,
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
  });
  const lost = new AbortController();
  client.on('error', (error) => lost.abort(error));
  client.on('end', () => lost.abort(new Error('The server has closed the connection that listens.')));
  client.on('notification', ({ payload }) => onNotification(payload ?? ''));
  const over = AbortSignal.any([stop, lost.signal]);
  try {
    await abortable(client.connect(), over);
    await abortable(client.query(`LISTEN ${client.escapeIdentifier(channel)}`), over);
    onListening?.();
    for (;;) {
      await clock.sleep(PROBE_MS, over);
      using answer = clock.deadline(ANSWER_MS, over);
      await abortable(client.query('SELECT 1'), answer.signal);
    }
  } catch (error) {
    if (!stop.aborted) throw error;
  } finally {
    await end(client);
  }
}

/** A server that does not answer would be waited for. */
async function end(client: Client): Promise<void> {
  const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
  const ending = client.end().catch(() => undefined);
  stream.destroy();
  await ending;
}
