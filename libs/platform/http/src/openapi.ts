import swagger from '@fastify/swagger';
import reference from '@scalar/fastify-api-reference';
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { PROBLEM_TYPE, problemSchema } from './problem.ts';

export type About = { readonly title: string; readonly version: string; readonly description: string };

const INLINE_SCRIPT = /<script type="text\/javascript">([^]*?)<\/script>/g;

/** Publishes what the routes say about themselves: `/openapi.json`, and a page to read it at `/docs`. Before any route. */
export async function publishOpenApi(server: FastifyInstance, about: About): Promise<void> {
  describeProblems(server);
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: about,
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  });
  server.get('/openapi.json', { config: { open: true }, schema: { hide: true } }, async () => server.swagger());
  await server.register(referencePage);
}

/** Every answer that a route does not name is a problem. */
function describeProblems(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    if (route.schema?.hide === true) return;
    const problem = { description: 'A problem', content: { [PROBLEM_TYPE]: { schema: problemSchema } } };
    route.schema = { ...route.schema, response: { ...(route.schema?.response as object), default: problem } };
  });
}

/** Every named schema is published as input and as output; most are used as one of the two. */
function withoutUnused<Document extends object>(document: Document): Document {
  const { components } = document as { components?: { schemas?: object } };
  const text = JSON.stringify(document);
  const schemas = Object.entries(components?.schemas ?? {});
  const used = schemas.filter(([name]) => text.includes(`"#/components/schemas/${name}"`));
  return { ...document, components: { ...components, schemas: Object.fromEntries(used) } };
}

async function referencePage(server: FastifyInstance): Promise<void> {
  server.addHook('onRoute', (route) => {
    route.config = { ...route.config, open: true };
  });
  server.addHook('onSend', async (_, reply, payload) => {
    if (String(reply.getHeader('content-type')).startsWith('text/html'))
      reply.header('content-security-policy', pagePolicy(String(payload)));
    return payload;
  });
  await server.register(reference, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      favicon: 'data:,',
      // What would ask, or send the reader to, somebody else's server.
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
}

/** The page runs its own script and the few lines in it, styles itself, and talks to this server only. */
function pagePolicy(html: string): string {
  const hashes = [...html.matchAll(INLINE_SCRIPT)].map(
    ([, script]) =>
      `'sha256-${createHash('sha256')
        .update(script ?? '')
        .digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
