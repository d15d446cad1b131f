import type { HttpMethod } from '#testing/http';
import { expect } from 'chai';
import { fc } from '#testing/properties';
import { ApiTest } from './testing/api-test.ts';

type Described = {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
};
type Operation = { readonly method: HttpMethod; readonly path: string };

const RUNS_PER_OPERATION = 80;
const HOSTILE_MS = 120_000;
const ANY_HOST = 'http://localhost';
const UNKNOWN_ID = '0195bd5a-7b1c-7000-8000-000000000000';

const text = fc.oneof(
  { weight: 1, arbitrary: fc.string({ maxLength: 300 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '\0',
      '\ud800',
      '\u202e',
      "'; DROP TABLE x; --",
      '../../etc/passwd',
      '%00',
      '',
      '٣',
      UNKNOWN_ID,
    ),
  },
);
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(-1, 0, 22, 65_536, 2 ** 31, 2 ** 63, 1e308));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(
    fc.oneof(
      fc.constantFrom(
        'name',
        'address',
        'port',
        'model',
        'credentials',
        'version',
        'deviceIds',
        'algorithm',
        'fingerprint',
        'kind',
        'username',
        'password',
      ),
      text,
    ),
    tie('any'),
    { maxKeys: 6 },
  ),
}));
const credentials = { kind: 'password', username: 'backup', password: 'hunter2' };
const valid = [
  { name: 'core-1', address: '192.0.2.1', port: 22, model: 'ios', credentials },
  { deviceIds: [UNKNOWN_ID] },
  { algorithm: 'ssh-ed25519', fingerprint: `SHA256:${'A'.repeat(43)}` },
  { version: 1, name: 'core-2' },
];
/** What a route accepts but for one member: such a request gets furthest. */
const nearlyValid = fc
  .tuple(fc.constantFrom<Readonly<Record<string, unknown>>>(...valid), fc.nat(), value.any)
  .map(([each, index, hostile]) => ({ ...each, [Object.keys(each)[index % Object.keys(each).length] ?? '']: hostile }));
const anyJson = fc.oneof(nearlyValid, value.object, value.any).map((each) => JSON.stringify(each) ?? '');
const body = fc.oneof({ weight: 4, arbitrary: anyJson }, { weight: 1, arbitrary: text });
const query = fc.oneof(
  fc.constantFrom('limit', 'after', 'against', 'state').chain((name) => text.map((each) => ({ [name]: each }))),
  fc.dictionary(fc.constantFrom('limit', 'after', 'against', 'state', 'x', '__proto__'), text, { maxKeys: 3 }),
);

class HostileTest extends ApiTest {
  /** All but those that answer for as long as somebody listens: what they refuse stands in their own specs. */
  async operations(): Promise<Operation[]> {
    const { paths } = (
      await this.http.get<{ readonly paths: Record<string, Record<string, Described>> }>('/openapi.json')
    ).body;
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { responses }]) => responses['200']?.content?.['text/event-stream'] === undefined)
        .map(([method]) => ({ method: method.toUpperCase() as HttpMethod, path })),
    );
  }
}

const t = HostileTest.install();

describe('the API under hostile requests', function () {
  this.timeout(HOSTILE_MS);

  it(
    'never fails, and answers what it refuses with a problem that gives nothing away',
    t.test(async ({ http, operations }) => {
      for (const { method, path } of await operations()) {
        await fc.assert(
          fc.asyncProperty(fc.oneof(text, fc.constant(UNKNOWN_ID)), query, body, async (id, parameters, payload) => {
            const url = new URL(path.replace('{id}', encodeURIComponent(id.toWellFormed())), ANY_HOST);
            for (const [name, each] of Object.entries(parameters)) url.searchParams.append(name, each);
            const answer = await http.ask(
              method,
              `${url.pathname}${url.search}`,
              method === 'GET' ? {} : { body: payload },
            );

            expect(answer.status, `${method} ${url} ${payload} -> ${answer.text}`).to.be.below(500);
            if (answer.status < 300) return;
            expect(answer.headers['content-type']).to.equal('application/problem+json');
            expect(answer.text).not.to.match(/node_modules|\.ts:\d|QueryFailed|typeorm|SELECT /i);
          }),
          { numRuns: RUNS_PER_OPERATION },
        );
      }
    }),
  );
});
