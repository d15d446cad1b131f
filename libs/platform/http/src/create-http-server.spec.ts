import { expect } from 'chai';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { z } from 'zod';
import { createHttpServer, type CreatedServer } from './create-http-server.ts';
import type { HttpServer } from './http-routes.ts';
import { testServerParts, withToken } from './testing/test-server-parts.ts';

const ID = '0195bd5a-7b1c-7000-8000-000000000000';

function thingRoutes(server: HttpServer): void {
  const thing = z.strictObject({ name: z.string().min(1).max(10) });
  server.post('/api/v1/things', { schema: { body: thing, response: { 201: thing } } }, async ({ body }, reply) =>
    reply.code(201).send(body),
  );
  const query = z.strictObject({ limit: z.coerce.number().int().max(100).default(20) });
  const params = z.strictObject({ id: z.uuid() });
  server.get('/api/v1/things/:id', { schema: { params, querystring: query, response: { 200: thing } } }, async () => ({
    name: 'thing',
  }));
  server.delete('/api/v1/things/:id', { schema: { params, response: { 204: z.void() } } }, async (_, reply) =>
    reply.code(204).send(),
  );
  server.get('/api/v1/defect', async () => {
    throw Object.assign(new Error('SELECT secret FROM /srv/app'), { statusCode: 418, code: 'EBOOM' });
  });
}

describe('the HTTP server', () => {
  const parts = testServerParts(thingRoutes);
  let created: CreatedServer;
  let server: FastifyInstance;

  before(async () => {
    created = await createHttpServer(parts);
    server = created.server;
  });
  after(() => server.close());

  const ask = (options: InjectOptions) => server.inject({ ...options, headers: { ...withToken, ...options.headers } });
  const send = (payload: string | Buffer, type = 'application/json') =>
    ask({ method: 'POST', url: '/api/v1/things', payload, headers: { 'content-type': type } });

  it('answers what a route answers', async () => {
    const answer = await send('{"name":"core"}');

    expect([answer.statusCode, answer.json()]).to.deep.equal([201, { name: 'core' }]);
  });

  it('forbids every answer to be kept, framed or sniffed', async () => {
    const { headers } = await ask({ url: `/api/v1/things/${ID}` });

    expect(headers).to.include({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(headers['content-security-policy']).to.include("default-src 'none'").and.include("frame-ancestors 'none'");
  });

  it('names the request in the answer and on every line of the log', async () => {
    const answer = await ask({ url: '/api/v1/defect' });

    const id = answer.headers['x-request-id'];
    const lines = parts.logger.lines.filter(({ fields }) => fields['requestId'] === id);
    expect(answer.json()).to.have.property('requestId', id);
    expect(lines.map(({ message }) => message)).to.deep.equal(['A request failed.', 'Answered a request.']);
  });

  it('keeps what went wrong inside to itself, whatever the error says of its status', async () => {
    const answer = await ask({ url: '/api/v1/defect' });

    expect(answer.json()).to.include({ status: 500, code: 'internal-error' });
    expect(answer.body).not.to.match(/SELECT|srv|EBOOM|defect|\.ts/);
  });

  type Case = readonly [refused: string, code: string, status: number, ask: () => ReturnType<typeof ask>];
  const cases: readonly Case[] = [
    ['a path that is not there', 'no-such-path', 404, () => ask({ url: '/api/v1/nothing' })],
    ['a path with a broken escape', 'malformed-path', 400, () => ask({ url: '/api/v1/things/%' })],
    ['a path with an endless id', 'path-too-long', 414, () => ask({ url: `/api/v1/things/${'x'.repeat(201)}` })],
    ['an id that is none', 'invalid-request', 400, () => ask({ url: '/api/v1/things/1' })],
    ['NUL in a path', 'malformed-text', 400, () => ask({ url: `/api/v1/things/%00` })],
    ['a query that is out of range', 'invalid-request', 400, () => ask({ url: `/api/v1/things/${ID}?limit=101` })],
    ['an unknown query', 'invalid-request', 400, () => ask({ url: `/api/v1/things/${ID}?limits=1` })],
    ['a repeated query', 'invalid-request', 400, () => ask({ url: `/api/v1/things/${ID}?limit=1&limit=2` })],
    ['a query to a prototype', 'invalid-request', 400, () => ask({ url: `/api/v1/things/${ID}?__proto__=1` })],
    ['a query where none is known', 'invalid-request', 400, () => ask({ url: '/api/v1/defect?limit=1' })],
    [
      'a body where none is known',
      'invalid-request',
      400,
      () => ask({ method: 'DELETE', url: `/api/v1/things/${ID}`, payload: {} }),
    ],
    ['no body', 'invalid-request', 400, () => ask({ method: 'POST', url: '/api/v1/things' })],
    ['an unknown key', 'invalid-request', 400, () => send('{"name":"core","admin":true}')],
    ['a repeated key', 'malformed-body', 400, () => send('{"name":"core","name":"edge"}')],
    ['a key to a prototype', 'malformed-body', 400, () => send('{"name":"core","__proto__":{"admin":true}}')],
    ['half a body', 'malformed-body', 400, () => send('{"name":"co')],
    ['a body that is not UTF-8', 'malformed-body', 400, () => send(Buffer.from('{"name":"\xff"}', 'latin1'))],
    ['a body that is too deep', 'malformed-body', 400, () => send('['.repeat(100_000) + ']'.repeat(100_000))],
    ['NUL in a body', 'malformed-text', 400, () => send('{"name":"\\u0000"}')],
    ['half a surrogate pair in a body', 'malformed-text', 400, () => send('{"name":"\\ud800"}')],
    ['a body that is too large', 'body-too-large', 413, () => send(`{"name":"${'x'.repeat(256 * 1024)}"}`)],
    ['another media type', 'unsupported-media-type', 415, () => send('name: core', 'application/yaml')],
    ['a form', 'unsupported-media-type', 415, () => send('name=core', 'application/x-www-form-urlencoded')],
  ];

  for (const [refused, code, status, request] of cases) {
    it(`refuses ${refused} as ${code}`, async () => {
      const answer = await request();

      expect(answer.json()).to.include({ type: 'about:blank', status, code });
      expect(answer.statusCode).to.equal(status);
      expect(answer.headers).to.include({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
    });
  }

  it('says which field is wrong, and why', async () => {
    const answer = await send('{"name":""}');

    const problem = 'It has to have at least 1 character.';
    expect(answer.json()).to.deep.include({ errors: [{ in: 'body', field: 'name', problem }] });
    expect(answer.json()).to.have.property('detail', '"name" in the body has to have at least 1 character.');
  });

  for (const [method, url] of [
    ['GET', '/api/v1/things/'],
    ['POST', '/api/v1/things/'],
    ['GET', `/api/v1/things/${ID}/`],
  ] as const) {
    it(`says to leave out the slash at the end of ${method} ${url}`, async () => {
      const answer = await ask({ method, url });

      expect(answer.json()).to.include({ status: 404, code: 'no-such-path' });
      expect(answer.json().detail).to.match(/leave it out/);
    });
  }

  it('says what a path can be asked for when it is asked for something else', async () => {
    const answers = await Promise.all(
      (['POST', 'OPTIONS', 'PATCH'] as const).map((method) => ask({ method, url: `/api/v1/things/${ID}` })),
    );

    for (const answer of answers) {
      expect(answer.json()).to.deep.include({
        status: 405,
        code: 'method-not-allowed',
        allowed: ['DELETE', 'GET', 'HEAD'],
      });
      expect(answer.headers).to.include({ allow: 'DELETE, GET, HEAD' });
    }
  });

  it('does not start with a schema that lets unknown keys through', async () => {
    const loose = testServerParts((on) => {
      on.post(
        '/loose',
        { schema: { body: z.strictObject({ list: z.array(z.object({ a: z.string() })) }) } },
        async () => {},
      );
    });

    const refused = await createHttpServer(loose).catch((error: Error) => error.message);

    expect(refused).to.equal('The body of POST /loose lets unknown keys through: use z.strictObject.');
  });

  it('leaves no deadline running behind an answer', () => {
    expect(parts.clock.waiting).to.equal(0);
  });
});
