import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { HttpServer } from './http-routes.ts';
import { HttpServerTest } from './testing/http-server-test.ts';

type Document = {
  readonly openapi: string;
  readonly paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: object }>; security?: object[] }>
  >;
  readonly components: { schemas: Record<string, unknown> };
  readonly security: object[];
};

const thing = z.strictObject({ name: z.string() }).meta({ id: 'TestThing' });

class OpenApiTest extends HttpServerTest {
  protected override routes(on: HttpServer): void {
    on.get('/api/v1/things', { schema: { response: { 200: z.array(thing) } } }, async () => []);
    on.delete('/api/v1/things', async () => {});
  }

  protected override defaults() {
    return { headers: {} };
  }

  async document(): Promise<Document> {
    return (await this.http.get<Document>('/openapi.json')).body;
  }
}

const t = OpenApiTest.install();

describe('the OpenAPI document and its page', () => {
  it(
    'describes every route in OpenAPI 3.1',
    t.test(async ({ document }) => {
      const { openapi, paths } = await document();

      expect(openapi).to.equal('3.1.0');
      expect(paths).to.have.keys('/health/live', '/health/ready', '/api/v1/things');
      expect(paths['/api/v1/things']).to.have.keys('get', 'delete');
    }),
  );

  it(
    'says of every route that its other answers are problems',
    t.test(async ({ document }) => {
      const operations = Object.values((await document()).paths).flatMap((path) => Object.values(path));

      const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
      expect(operations).to.have.length(4);
      for (const { responses } of operations) expect(responses['default']?.content).to.deep.equal(content);
    }),
  );

  it(
    'says that all but health takes a token',
    t.test(async ({ document }) => {
      const { security, paths } = await document();

      expect(security).to.deep.equal([{ token: [] }]);
      expect(paths['/health/live']?.['get']?.security).to.deep.equal([]);
      expect(paths['/api/v1/things']?.['get']?.security).to.equal(undefined);
    }),
  );

  it(
    'names each schema once',
    t.test(async ({ document }) => {
      expect((await document()).components.schemas).to.have.keys('Problem', 'TestThing');
    }),
  );

  it(
    'has a page that loads nothing from elsewhere',
    t.test(async ({ http }) => {
      const page = await http.get('/docs/');
      const script = await http.get('/docs/js/scalar.js');

      expect(page.text)
        .to.include('<script src="js/scalar.js">')
        .and.not.match(/(src|href)="(https?:)?\/\//);
      expect(script.headers['content-type']).to.equal('application/javascript; charset=utf-8');
      expect(script.text).to.have.length.above(1_000_000);
    }),
  );

  it(
    'allows the page the script in it by its hash, and no other',
    t.test(async ({ http }) => {
      const page = await http.get('/docs/');
      const inline = /<script type="text\/javascript">([^]*?)<\/script>/.exec(page.text)?.[1] ?? '';

      const policy = String(page.headers['content-security-policy']).split('; ');

      const hash = createHash('sha256').update(inline).digest('base64');
      expect(inline).to.include('Scalar.createApiReference');
      expect(policy).to.include(`script-src 'self' 'sha256-${hash}'`).and.include("connect-src 'self'");
    }),
  );
});
