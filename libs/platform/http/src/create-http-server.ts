import type { Clock, Ids, Secret } from '#kernel';
import { withLogFields, type Logger } from '#platform/logging';
import helmet from '@fastify/helmet';
import { fastify, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { answerErrors, answerRouterError } from './answer-errors.ts';
import { requireBearerToken } from './bearer-token.ts';
import { answerBrokenRequest, answerUnknownExpectation, refuseMissingHost } from './broken-requests.ts';
import { EventStreams } from './event-streams.ts';
import { HealthRoutes } from './health-routes.ts';
import type { HttpRoutes } from './http-routes.ts';
import { acceptJsonBodies } from './json-body.ts';
import { DEFAULT_LIMITS, type HttpLimits } from './limits.ts';
import { publishOpenApi, type About } from './openapi.ts';
import type { ReadinessCheck } from './readiness-check.ts';
import { refuse } from './refuse.ts';
import { RequestsInFlight, SHUTTING_DOWN } from './requests-in-flight.ts';
import { RouteTable } from './route-table.ts';
import { requireStrictSchemas } from './strict-schemas.ts';
import { refuseUnstorableText } from './unstorable-text.ts';

export type HttpServerParts = {
  readonly routes: readonly HttpRoutes[];
  readonly readiness: readonly ReadinessCheck[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly token: Secret;
  /** Whether an error says that something the server needs, such as its database, cannot be reached just now. */
  readonly isUnavailable?: (error: unknown) => boolean;
  readonly about: About;
  readonly limits?: Partial<HttpLimits>;
};

/** The server with everything on it, not listening yet. `stopping` is set by whoever closes it. */
export type CreatedServer = {
  readonly server: FastifyInstance;
  readonly table: RouteTable;
  readonly inFlight: RequestsInFlight;
  readonly streams: EventStreams;
  readonly limits: HttpLimits;
  stopping: boolean;
};

/** Puts the server together. The order of the parts is the order in which a request meets them. */
export async function createHttpServer(parts: HttpServerParts): Promise<CreatedServer> {
  const { clock, ids, logger } = parts;
  const limits = { ...DEFAULT_LIMITS, ...parts.limits };
  const server = bareServer(ids, limits);
  const table = new RouteTable();
  const inFlight = new RequestsInFlight(clock, limits.answerMs);
  const streams = new EventStreams({ clock, logger, limits });
  const created: CreatedServer = { server, table, inFlight, streams, limits, stopping: false };

  table.watch(server);
  requireStrictSchemas(server);
  answerErrors(server, { logger, table, isUnavailable: parts.isUnavailable ?? (() => false) });
  tellWhatHappens(server, logger);
  await server.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: NOTHING }, hsts: false });
  inFlight.watch(server);
  server.decorate('eventStreams', { getter: () => streams });
  refuseMissingHost(server);
  refuseWhileStopping(created);
  requireBearerToken(server, parts.token);
  acceptJsonBodies(server);
  refuseUnstorableText(server);
  await publishOpenApi(server, parts.about);

  const health = new HealthRoutes({ checks: parts.readiness, clock, logger, isStopping: () => created.stopping });
  for (const routes of [health, ...parts.routes]) routes.register(server.withTypeProvider<ZodTypeProvider>());
  await server.ready();
  return created;
}

const NOTHING = { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] };

function bareServer(ids: Ids, limits: HttpLimits): FastifyInstance {
  const server = fastify({
    logger: false,
    genReqId: () => ids.next(),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.arrivalMs,
    keepAliveTimeout: limits.idleMs,
    connectionTimeout: limits.silenceMs,
    return503OnClosing: false,
    frameworkErrors: answerRouterError,
    clientErrorHandler: answerBrokenRequest(ids),
    routerOptions: { maxParamLength: 200 },
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: limits.arrivalCheckMs,
      requireHostHeader: false,
    },
  });
  server.server.maxConnections = limits.connections;
  answerUnknownExpectation(server.server, ids);
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  return server as unknown as FastifyInstance;
}

/** One line for each answer, and the id of the request on every line until then. Paths are input: routes are logged. */
function tellWhatHappens(server: FastifyInstance, logger: Logger): void {
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers({ 'x-request-id': request.id, 'cache-control': 'no-store' });
    withLogFields({ requestId: request.id }, done);
  });
  server.addHook('onResponse', async ({ id, method, routeOptions }, { statusCode, elapsedTime }) => {
    const fields = { requestId: id, method, route: routeOptions.url, status: statusCode };
    const level = routeOptions.config.open === true ? 'debug' : 'info';
    logger[level]('Answered a request.', { ...fields, durationMs: Math.round(elapsedTime) });
  });
}

function refuseWhileStopping(created: CreatedServer): void {
  created.server.addHook('onRequest', async (request, reply) => {
    if (!created.stopping) return;
    if (request.routeOptions.url?.startsWith('/health/') === true) return;
    return refuse(reply, SHUTTING_DOWN);
  });
  created.server.addHook('onSend', async (_, reply) => {
    if (created.stopping) reply.header('connection', 'close');
  });
}
