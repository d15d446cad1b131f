import { abortable } from '#kernel';
import { createHttpServer, type HttpServerParts } from './create-http-server.ts';

export type RunningHttpServer = {
  readonly url: string;
  /** Stops taking requests, lets those in flight finish within the grace, ends the rest. Never rejects for a late one. */
  readonly close: () => Promise<void>;
};

export type HttpServerOptions = HttpServerParts & { readonly host: string; readonly port: number };

/** Serves until it is closed. Rejects when the port is taken. */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const created = await createHttpServer(options);
  const { server, inFlight, limits } = created;
  const address = await server.listen({ host: options.host, port: options.port });

  async function close(): Promise<void> {
    created.stopping = true;
    using grace = options.clock.deadline(limits.graceMs);
    const closing = server.close();
    await abortable(closing, grace.signal).catch(() => {
      inFlight.abortAll();
      server.server.closeAllConnections();
    });
    await closing;
  }

  let closed: Promise<void> | undefined;
  return { url: address.replace('0.0.0.0', '127.0.0.1'), close: () => (closed ??= close()) };
}
