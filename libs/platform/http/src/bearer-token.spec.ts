import { expect } from 'chai';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { createHttpServer, type CreatedServer } from './create-http-server.ts';
import { TEST_TOKEN, testServerParts } from './testing/test-server-parts.ts';

describe('the bearer token', () => {
  let created: CreatedServer;
  let server: FastifyInstance;
  let served = 0;

  before(async () => {
    const parts = testServerParts((on) => {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)
        on.route({ method, url: '/api/v1/things/:id', handler: async () => (served += 1) });
    });
    created = await createHttpServer(parts);
    server = created.server;
  });
  beforeEach(() => (served = 0));
  after(() => server.close());

  const statusWith = async (authorization?: string): Promise<number> => {
    const headers = authorization === undefined ? {} : { authorization };
    return (await server.inject({ url: '/api/v1/things/1', headers })).statusCode;
  };

  it('opens every route, however the scheme is spelled', async () => {
    expect(await statusWith(`Bearer ${TEST_TOKEN}`)).to.equal(200);
    expect(await statusWith(`bearer ${TEST_TOKEN}`)).to.equal(200);
  });

  it('is asked for by every route except health, the document and its page', async () => {
    const answers = await Promise.all(
      created.table.entries.map(async ({ method, url }) => {
        const answer = await server.inject({ method: method as 'GET', url: url.replace(':id', '1') });
        return { route: `${method} ${url}`, open: answer.statusCode !== 401 };
      }),
    );

    const open = answers.filter((answer) => answer.open).map(({ route }) => route);
    expect(answers).to.have.length.above(open.length + 5);
    expect(open.filter((route) => route.startsWith('GET')).toSorted()).to.deep.equal([
      'GET /docs',
      'GET /docs/',
      'GET /docs/js/scalar.js',
      'GET /health/live',
      'GET /health/ready',
      'GET /openapi.json',
    ]);
    expect(open.every((route) => /^(GET|HEAD) /.test(route))).to.equal(true);
    expect(served).to.equal(0);
  });

  for (const wrong of [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${TEST_TOKEN.slice(1)}`,
    `Bearer ${TEST_TOKEN}x`,
    `Bearer ${TEST_TOKEN} x`,
    `Bearer ${TEST_TOKEN}, Bearer x`,
    `Basic ${TEST_TOKEN}`,
    TEST_TOKEN,
  ]) {
    it(`is not ${JSON.stringify(wrong?.replace(TEST_TOKEN, '<token>'))}`, async () => {
      expect(await statusWith(wrong)).to.equal(401);
    });
  }

  it('is not taken from the path', async () => {
    const answer = await server.inject(`/api/v1/things/1?access_token=${TEST_TOKEN}`);

    expect(answer.statusCode).to.equal(401);
  });

  it('is asked for by its scheme, as a problem', async () => {
    const missing = await server.inject('/api/v1/things/1');
    const wrong = await server.inject({ url: '/api/v1/things/1', headers: { authorization: 'Bearer wrong' } });

    expect(missing.headers).to.include({ 'www-authenticate': 'Bearer', 'content-type': 'application/problem+json' });
    expect(wrong.headers).to.include({ 'www-authenticate': 'Bearer error="invalid_token"' });
    expect(missing.json()).to.include({ status: 401, code: 'unauthenticated' });
  });

  for (const [what, request] of [
    ['a path is not there', { url: '/api/v1/nothing' }],
    ['a method is not possible', { url: '/api/v1/things/1', method: 'OPTIONS' }],
    [
      'a body cannot be read',
      { url: '/api/v1/things/1', method: 'POST', payload: '{', headers: { 'content-type': 'application/json' } },
    ],
    ['a path goes on where an open one ends', { url: '/docs/nothing' }],
    ['the start of a path is open', { url: '/docs/../api/v1/things/1' }],
    ['a path has an open one inside', { url: '//health/live' }],
  ] satisfies [string, InjectOptions][]) {
    it(`comes first: without it nobody learns that ${what}`, async () => {
      expect((await server.inject(request)).statusCode).to.equal(401);
    });
  }
});
