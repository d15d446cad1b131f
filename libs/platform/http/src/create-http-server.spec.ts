import type { HttpAnswer } from '#testing/http';
import { expect } from 'chai';
import { z } from 'zod';
import { createHttpServer } from './create-http-server.ts';
import type { HttpServer } from './http-routes.ts';
import { HttpServerTest } from './testing/http-server-test.ts';
import { testServerParts } from './testing/test-server-parts.ts';

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
  server.get('/api/v1/unreachable', async () => {
    throw Object.assign(new Error('the database system is shutting down at db.internal'), { code: '57P01' });
  });
  server.get('/api/v1/defect', async () => {
    throw Object.assign(new Error('SELECT secret FROM /srv/app'), { statusCode: 418, code: 'EBOOM' });
  });
}

class ThingsTest extends HttpServerTest {
  protected override routes(on: HttpServer): void {
    thingRoutes(on);
  }

  send(body: string | Buffer, type = 'application/json'): Promise<HttpAnswer> {
    return this.http.post('/api/v1/things', body, { headers: { 'content-type': type } });
  }

  /** No deadline is left running behind an answer, whatever it was. */
  protected override verify(): void {
    expect(this.clock.waiting).to.equal(0);
  }
}

const t = ThingsTest.install();

describe('the HTTP server', () => {
  it(
    'answers what a route answers',
    t.test(async ({ send }) => {
      const answer = await send('{"name":"core"}');

      expect([answer.status, answer.body]).to.deep.equal([201, { name: 'core' }]);
    }),
  );

  it(
    'forbids every answer to be kept, framed or sniffed',
    t.test(async ({ http }) => {
      const { headers } = await http.get(`/api/v1/things/${ID}`);

      expect(headers).to.include({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
      expect(headers['content-security-policy']).to.include("default-src 'none'").and.include("frame-ancestors 'none'");
    }),
  );

  it(
    'names the request in the answer and on every line of the log',
    t.test(async ({ http, parts }) => {
      const answer = await http.get('/api/v1/defect');

      const id = answer.headers['x-request-id'];
      const lines = parts.logger.lines.filter(({ fields }) => fields['requestId'] === id);
      expect(answer.body).to.have.property('requestId', id);
      expect(lines.map(({ message }) => message)).to.deep.equal(['A request failed.', 'Answered a request.']);
    }),
  );

  it(
    'keeps what went wrong inside to itself, whatever the error says of its status',
    t.test(async ({ http }) => {
      const answer = await http.get('/api/v1/defect');

      expect(answer.body).to.include({ status: 500, code: 'internal-error' });
      expect(answer.text).not.to.match(/SELECT|srv|EBOOM|defect|\.ts/);
    }),
  );

  it(
    'asks to come back where something that it needs cannot be reached',
    t.test(async ({ http }) => {
      const answer = await http.get('/api/v1/unreachable');

      expect(answer.body).to.include({ status: 503, code: 'unavailable' });
      expect(answer.headers).to.include({ 'retry-after': '2' });
      expect(answer.text).not.to.include('db.internal');
    }),
  );

  type Case = readonly [refused: string, code: string, status: number, ask: (test: ThingsTest) => Promise<HttpAnswer>];
  const cases: readonly Case[] = [
    ['a path that is not there', 'no-such-path', 404, ({ http }) => http.get('/api/v1/nothing')],
    ['a path with a broken escape', 'malformed-path', 400, ({ http }) => http.get('/api/v1/things/%')],
    ['a path with an endless id', 'path-too-long', 414, ({ http }) => http.get(`/api/v1/things/${'x'.repeat(201)}`)],
    ['an id that is none', 'invalid-request', 400, ({ http }) => http.get('/api/v1/things/1')],
    ['NUL in a path', 'malformed-text', 400, ({ http }) => http.get(`/api/v1/things/%00`)],
    ['a query that is out of range', 'invalid-request', 400, ({ http }) => http.get(`/api/v1/things/${ID}?limit=101`)],
    ['an unknown query', 'invalid-request', 400, ({ http }) => http.get(`/api/v1/things/${ID}?limits=1`)],
    ['a repeated query', 'invalid-request', 400, ({ http }) => http.get(`/api/v1/things/${ID}?limit=1&limit=2`)],
    ['a query to a prototype', 'invalid-request', 400, ({ http }) => http.get(`/api/v1/things/${ID}?__proto__=1`)],
    ['a query where none is known', 'invalid-request', 400, ({ http }) => http.get('/api/v1/defect?limit=1')],
    [
      'a body where none is known',
      'invalid-request',
      400,
      ({ http }) => http.delete(`/api/v1/things/${ID}`, { body: {} }),
    ],
    ['no body', 'invalid-request', 400, ({ http }) => http.post('/api/v1/things')],
    ['an unknown key', 'invalid-request', 400, ({ send }) => send('{"name":"core","admin":true}')],
    ['a repeated key', 'malformed-body', 400, ({ send }) => send('{"name":"core","name":"edge"}')],
    ['a key to a prototype', 'malformed-body', 400, ({ send }) => send('{"name":"core","__proto__":{"admin":true}}')],
    ['half a body', 'malformed-body', 400, ({ send }) => send('{"name":"co')],
    ['a body that is not UTF-8', 'malformed-body', 400, ({ send }) => send(Buffer.from('{"name":"\xff"}', 'latin1'))],
    ['a body that is too deep', 'malformed-body', 400, ({ send }) => send('['.repeat(100_000) + ']'.repeat(100_000))],
    ['NUL in a body', 'malformed-text', 400, ({ send }) => send('{"name":"\\u0000"}')],
    ['half a surrogate pair in a body', 'malformed-text', 400, ({ send }) => send('{"name":"\\ud800"}')],
    ['a body that is too large', 'body-too-large', 413, ({ send }) => send(`{"name":"${'x'.repeat(256 * 1024)}"}`)],
    ['another media type', 'unsupported-media-type', 415, ({ send }) => send('name: core', 'application/yaml')],
    ['a form', 'unsupported-media-type', 415, ({ send }) => send('name=core', 'application/x-www-form-urlencoded')],
  ];

  for (const [refused, code, status, request] of cases) {
    it(
      `refuses ${refused} as ${code}`,
      t.test(async (test) => {
        const answer = await request(test);

        expect(answer.body).to.include({ type: 'about:blank', status, code });
        expect(answer.status).to.equal(status);
        expect(answer.headers).to.include({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
      }),
    );
  }

  it(
    'names what is known where something unknown was sent',
    t.test(async ({ http, send }) => {
      const query = await http.get(`/api/v1/things/${ID}?limits=1`);
      const body = await send('{"name":"core","admin":true}');

      expect(query.body)
        .to.have.property('detail')
        .that.matches(/not known here: "limits"; what is known: "limit"\.$/);
      expect(body.body)
        .to.have.property('detail')
        .that.matches(/not known here: "admin"; what is known: "name"\.$/);
    }),
  );

  it(
    'says which media type a body has to have',
    t.test(async ({ send }) => {
      const { body } = await send('name: core', 'application/yaml');

      expect(body).to.have.property('detail', 'Send the body as `application/json`.');
    }),
  );

  it(
    'says which field is wrong, and why',
    t.test(async ({ send }) => {
      const answer = await send('{"name":""}');

      const problem = 'It has to have at least 1 character.';
      expect(answer.body).to.deep.include({ errors: [{ in: 'body', field: 'name', problem }] });
      expect(answer.body).to.have.property('detail', '"name" in the body has to have at least 1 character.');
    }),
  );

  for (const [method, url] of [
    ['GET', '/api/v1/things/'],
    ['POST', '/api/v1/things/'],
    ['GET', `/api/v1/things/${ID}/`],
  ] as const) {
    it(
      `says to leave out the slash at the end of ${method} ${url}`,
      t.test(async ({ http }) => {
        const answer = await http.ask(method, url);

        expect(answer.body).to.include({ status: 404, code: 'no-such-path' });
        expect(answer.body.detail).to.match(/leave it out/);
      }),
    );
  }

  it(
    'says what a path can be asked for when it is asked for something else',
    t.test(async ({ http }) => {
      const answers = await Promise.all(
        (['POST', 'OPTIONS', 'PATCH'] as const).map((method) => http.ask(method, `/api/v1/things/${ID}`)),
      );

      for (const answer of answers) {
        expect(answer.body).to.deep.include({
          status: 405,
          code: 'method-not-allowed',
          allowed: ['DELETE', 'GET', 'HEAD'],
        });
        expect(answer.headers).to.include({ allow: 'DELETE, GET, HEAD' });
      }
    }),
  );

  it(
    'does not start with a schema that lets unknown keys through',
    t.test(async () => {
      const loose = testServerParts((on) => {
        on.post(
          '/loose',
          { schema: { body: z.strictObject({ list: z.array(z.object({ a: z.string() })) }) } },
          async () => {},
        );
      });

      const refused = await createHttpServer(loose).catch((error: Error) => error.message);

      expect(refused).to.equal('The body of POST /loose lets unknown keys through: use z.strictObject.');
    }),
  );

  it(
    'leaves no deadline running behind an answer',
    t.test(async ({ send, http, clock }) => {
      const answers = [await send('{"name":"core"}'), await send('{"name":""}'), await http.get('/api/v1/defect')];

      expect(answers.map(({ status }) => status)).to.deep.equal([201, 400, 500]);
      expect(clock.waiting).to.equal(0);
    }),
  );
});
