import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { z } from 'zod';
import { Refused } from './refused.ts';

const PARTS = ['params', 'querystring', 'body'] as const;

/**
 * Holds every route to saying exactly what it accepts. A schema that lets unknown keys through does not start; a request
 * with a query or a body that the route knows nothing about is refused.
 */
export function requireStrictSchemas(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    for (const part of PARTS) {
      const schema = route.schema?.[part];
      if (schema instanceof z.ZodType && isLoose(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })))
        throw new Error(`The ${part} of ${describe(route)} lets unknown keys through: use z.strictObject.`);
    }
  });
  server.addHook('preValidation', async (request) => {
    if (!declares(request, 'querystring') && Object.keys(request.query as object).length > 0) throw unexpected('query');
    if (!declares(request, 'body') && request.body != null) throw unexpected('body');
  });
}

function declares({ routeOptions }: FastifyRequest, part: 'querystring' | 'body'): boolean {
  return routeOptions.schema?.[part] !== undefined;
}

function unexpected(part: 'query' | 'body'): Refused {
  const errors = [{ in: part, field: '', problem: 'Nothing is expected here.' }];
  const detail = `This request takes no ${part}. Leave it out.`;
  return new Refused({ status: 400, code: 'invalid-request', detail, facts: { errors } });
}

/** Whether an object with named properties, anywhere in this JSON schema, says nothing against others. */
function isLoose(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  if ('properties' in schema && !('additionalProperties' in schema)) return true;
  return Object.values(schema).some(isLoose);
}

function describe({ method, url }: RouteOptions): string {
  return `${[method].flat().join('/')} ${url}`;
}
