import { abortable, DeadlineExceeded } from '#kernel';
import { createHttpServer, type HttpServerParts } from './create-http-server.ts';

export type RunningHttpServer = {
  readonly url: string;
  /** Stops taking requests, lets those in flight finish within the grace, and ends the rest. Closes once. */
  readonly close: () => Promise<void>;
};

export type HttpServerOptions = HttpServerParts & { readonly host: string; readonly port: number };

/** How long the answers to requests that were ended may take to leave. */
const LAST_ANSWERS_MS = 1_000;

/** Serves until it is closed. Rejects when the port is taken. */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const { clock, host, port } = options;
  const created = await createHttpServer(options);
  const { server, inFlight, streams, limits } = created;
  const address = await server.listen({ host, port });

  async function endsWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
    using deadline = clock.deadline(milliseconds);
    try {
      await abortable(work, deadline.signal);
      return true;
    } catch (error) {
      if (error instanceof DeadlineExceeded) return false;
      throw error;
    }
  }

  async function close(): Promise<void> {
    created.stopping = true;
    streams.endAll();
    const closing = server.close();
    if (await endsWithin(closing, limits.graceMs)) return;
    inFlight.abortAll();
    if (await endsWithin(closing, LAST_ANSWERS_MS)) return;
    server.server.closeAllConnections();
    await closing;
  }

  let closed: Promise<void> | undefined;
  return { url: address.replace('0.0.0.0', '127.0.0.1'), close: () => (closed ??= close()) };
}
