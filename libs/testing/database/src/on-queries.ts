import type { PoolClient, QueryResult } from 'pg';

/** Sends a statement in the place of the connection. `send` is the connection itself, for this and for other statements. */
export type Query = (client: PoolClient, text: string, send: Send) => Promise<unknown>;
export type Send = (text?: string) => Promise<QueryResult>;

type Listener = {
  /** Told the text of a statement; what it returns is called when the answer is there. */
  readonly asked: (text: string) => () => void;
  readonly query: Query | undefined;
};
type Callback = (error: unknown, result?: unknown) => void;
type AnyQuery = (...args: unknown[]) => unknown;

const listeners = new WeakMap<PoolClient, Listener>();
const silenced = new WeakSet<PoolClient>();

/** From now on nobody hears an answer of this connection, neither to what it was asked nor to what it will be. */
export function silence(client: PoolClient): void {
  silenced.add(client);
}

/** Listens to the statements of a connection; the newest listener replaces the one before. */
export function onQueries(client: PoolClient, listener: Listener): void {
  const known = listeners.has(client);
  listeners.set(client, listener);
  if (known) return;
  const original = client.query.bind(client) as AnyQuery;
  client.query = ((...args: unknown[]) => {
    const current = listeners.get(client);
    const text = textOf(args[0]);
    // What is no text is an object that speaks to the connection by itself, such as a cursor or COPY.
    if (current === undefined || text === undefined) return original(...args);
    const callback = typeof args.at(-1) === 'function' ? (args.at(-1) as Callback) : undefined;
    const given = callback ? args.slice(0, -1) : args;
    const answered = current.asked(text);
    const send: Send = (other) => (other === undefined ? original(...given) : original(other)) as Promise<QueryResult>;
    const answer = heard(client, (current.query ? current.query(client, text, send) : send()).finally(answered));
    if (!callback) return answer;
    answer.then(
      (result) => callback(null, result),
      (error: unknown) => callback(error),
    );
    return undefined;
  }) as PoolClient['query'];
}

async function heard(client: PoolClient, answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } finally {
    if (silenced.has(client)) await never();
  }
}

function never(): Promise<never> {
  return new Promise(() => {});
}

function textOf(query: unknown): string | undefined {
  if (typeof query === 'string') return query;
  if (typeof query !== 'object' || query === null || 'submit' in query || !('text' in query)) return undefined;
  return String(query.text);
}
