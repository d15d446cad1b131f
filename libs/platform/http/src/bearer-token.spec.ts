import type { HttpMethod, HttpOptions } from '#testing/http';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import type { HttpServer } from './http-routes.ts';
import { HttpServerTest } from './testing/http-server-test.ts';
import { TEST_TOKEN } from './testing/test-server-parts.ts';

const THING = '/api/v1/things/1';

class BearerTokenTest extends HttpServerTest {
  served = 0;

  protected override routes(on: HttpServer): void {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)
      on.route({ method, url: '/api/v1/things/:id', handler: async () => (this.served += 1) });
  }

  protected override defaults() {
    return { headers: {} };
  }

  async statusWith(authorization?: string): Promise<number> {
    const headers = authorization === undefined ? {} : { authorization };
    return (await this.http.get(THING, { headers })).status;
  }
}

type Request = HttpOptions & { readonly url: string; readonly method?: HttpMethod };

const t = BearerTokenTest.install();

describe('the bearer token', () => {
  it(
    'opens every route, however the scheme is spelled',
    t.test(async ({ statusWith }) => {
      expect(await statusWith(`Bearer ${TEST_TOKEN}`)).to.equal(200);
      expect(await statusWith(`bearer ${TEST_TOKEN}`)).to.equal(200);
    }),
  );

  it(
    'is asked for by every route except health, the document and its page',
    t.test(async (test) => {
      const { table } = await test.created();

      const answers = await Promise.all(
        table.entries.map(async ({ method, url }) => {
          const answer = await test.http.ask(method as HttpMethod, url.replace(':id', '1'));
          return { route: `${method} ${url}`, open: answer.status !== 401 };
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
      expect(test.served).to.equal(0);
    }),
  );

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
    it(
      `is not ${JSON.stringify(wrong?.replace(TEST_TOKEN, '<token>'))}`,
      t.test(async ({ statusWith }) => {
        expect(await statusWith(wrong)).to.equal(401);
      }),
    );
  }

  it(
    'is not taken from the path',
    t.test(async ({ http }) => {
      const answer = await http.get(`${THING}?access_token=${TEST_TOKEN}`);

      expect(answer.status).to.equal(401);
    }),
  );

  it(
    'is asked for by its scheme, as a problem',
    t.test(async ({ http }) => {
      const missing = await http.get(THING);
      const wrong = await http.get(THING, { headers: { authorization: 'Bearer wrong' } });

      expect(missing.headers).to.include({ 'www-authenticate': 'Bearer', 'content-type': 'application/problem+json' });
      expect(wrong.headers).to.include({ 'www-authenticate': 'Bearer error="invalid_token"' });
      expect(missing.body).to.include({ status: 401, code: 'unauthenticated' });
    }),
  );

  const hidden: Readonly<Record<string, Request>> = {
    'a path is not there': { url: '/api/v1/nothing' },
    'a method is not possible': { url: THING, method: 'OPTIONS' },
    'a body cannot be read': { url: THING, method: 'POST', body: '{' },
    'a path goes on where an open one ends': { url: '/docs/nothing' },
    'the start of a path is open': { url: '/docs/../api/v1/things/1' },
    'a path has an open one inside': { url: '//health/live' },
  };

  for (const [title, { method = 'GET', url, ...options }] of cases(
    'comes first: without it nobody learns that {case}',
    hidden,
  )) {
    it(
      title,
      t.test(async ({ http }) => {
        expect((await http.ask(method, url, options)).status).to.equal(401);
      }),
    );
  }
});
