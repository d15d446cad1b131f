import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { proveIsolation } from './prove-isolation.ts';

type Echo = { readonly status: number; readonly text: string };

/** Answers a moment later, as a server does. Some of them keep what one request said for another. */
class EchoTest extends AsyncTestBase {
  #kept = '';

  async honest(marker: string): Promise<Echo> {
    await Promise.resolve();
    return { status: 200, text: `hello ${marker}` };
  }
  async refusing(marker: string): Promise<Echo> {
    await Promise.resolve();
    return { status: 422, text: `no ${marker}` };
  }
  async mixedUp(marker: string): Promise<Echo> {
    this.#kept = marker;
    await Promise.resolve();
    return { status: 200, text: `hello ${this.#kept}` };
  }
  async failing(): Promise<Echo> {
    return { status: 500, text: '' };
  }
  async silent(): Promise<Echo> {
    return { status: 204, text: '' };
  }
}
const t = EchoTest.install();
const failureOf = (work: Promise<unknown>): Promise<string> => work.then(String, (error: Error) => error.message);

describe('proveIsolation', () => {
  it(
    'hands out the answers when each is its own',
    t.test(async ({ honest, refusing }) => {
      const answers = await proveIsolation({ requests: 20, good: { honest }, bad: { refusing } });

      expect(answers.map(({ status }) => status).filter((status) => status === 422)).to.have.lengthOf(10);
    }),
  );

  it(
    'names the answer that carries what another request said',
    t.test(async ({ mixedUp, refusing }) => {
      const failure = await failureOf(proveIsolation({ requests: 4, good: { mixedUp }, bad: { refusing } }));

      expect(failure).to.match(/^2 answers were not those of their requests:/);
      expect(failure).to.match(/\(mixedUp\) was answered with m[0-9a-f]{8}-00002/);
    }),
  );

  it(
    'names a good request that failed, and a bad one that did not',
    t.test(async ({ honest, failing }) => {
      const failure = await failureOf(proveIsolation({ requests: 4, good: { failing }, bad: { honest } }));

      expect(failure).to.include('(failing) failed with 500, and was not made to');
      expect(failure).to.include('(honest) was made to fail, and was answered with 200');
    }),
  );

  it(
    'does not take an answer for proof that shows nothing of its request',
    t.test(async ({ silent, refusing }) => {
      const failure = await failureOf(proveIsolation({ requests: 4, good: { silent }, bad: { refusing } }));

      expect(failure).to.include('(silent) was answered without its marker');
    }),
  );

  it(
    'tells who was not answered at all',
    t.test(async ({ honest }) => {
      const lost = (): Promise<Echo> => Promise.reject(new Error('socket hang up'));

      const failure = await failureOf(proveIsolation({ requests: 4, good: { honest }, bad: { lost } }));

      expect(failure).to.include('(lost) was not answered: Error: socket hang up');
    }),
  );

  it(
    'needs good requests among bad ones, and more than one of each',
    t.test(async ({ honest, refusing }) => {
      expect(await failureOf(proveIsolation({ requests: 9, good: { honest }, bad: {} }))).to.include(
        'name some of each',
      );
      expect(await failureOf(proveIsolation({ requests: 3, good: { honest }, bad: { refusing } }))).to.include(
        '4 requests',
      );
    }),
  );
});
