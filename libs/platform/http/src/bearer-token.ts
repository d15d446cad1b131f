import type { Secret } from '#kernel';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { refuse } from './refuse.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True for the few routes that need no token. */
    open?: boolean;
  }
}

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/** Lets nobody in without the token, not even to learn that a route does not exist; only routes marked `open` are. */
export function requireBearerToken(server: FastifyInstance, token: Secret): void {
  const expected = digest(token.reveal());
  server.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.open === true) return;
    const given = BEARER.exec(request.headers.authorization ?? '')?.[1];
    // Digests have one length, so that the comparison takes the same time for every guess.
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return;
    reply.header('www-authenticate', given === undefined ? 'Bearer' : 'Bearer error="invalid_token"');
    return refuse(reply, {
      status: 401,
      code: 'unauthenticated',
      detail: 'Send the header `Authorization: Bearer <token>` with the token that the server was started with.',
    });
  });
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
