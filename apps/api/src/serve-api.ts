import { Clock, Ids } from '#kernel';
import type { Config } from '#platform/config';
import { isConnectionLost } from '#platform/database';
import {
  HttpRoutes,
  ReadinessCheck,
  startHttpServer,
  type HttpServerParts,
  type RunningHttpServer,
} from '#platform/http';
import { Logger } from '#platform/logging';
import { CannotStart } from './cannot-start.ts';
import type { composeApi } from './composition-root.ts';

const about = {
  title: 'Lockstep',
  version: '1.0.0',
  description:
    'Collects the configurations of network devices, keeps every version of them, and shows what has changed. ' +
    'Every request needs the bearer token; every answer that is not a success is a problem with a stable code.',
};

type Container = ReturnType<typeof composeApi>;

/** What the container holds, as the HTTP server takes it. */
export async function httpPartsOf(container: Container, { token }: Pick<Config, 'token'>): Promise<HttpServerParts> {
  const [routes, readiness, clock, ids, logger] = await Promise.all([
    container.getAllAsync(HttpRoutes),
    container.getAllAsync(ReadinessCheck),
    container.getAsync(Clock),
    container.getAsync(Ids),
    container.getAsync(Logger),
  ]);
  return { routes, readiness, clock, ids, logger, token, isUnavailable: isConnectionLost, about };
}

export async function serveApi(
  container: Container,
  config: Pick<Config, 'token' | 'http'>,
): Promise<RunningHttpServer> {
  const { host, port } = config.http;
  try {
    return await startHttpServer({ ...(await httpPartsOf(container, config)), host, port });
  } catch (error) {
    if (!isPortTaken(error)) throw error;
    throw new CannotStart(`Port ${port} of ${host} is taken. Set LOCKSTEP_HTTP_PORT to another one, or to 0 for any.`);
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
