import { createServer, type Server } from 'node:http';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import type { InProcessApplication, InProcessRequest, SocketApplication } from './application.ts';
import { HttpSocketTest, HttpTest } from './http-test.ts';

type Heard = {
  readonly heard: string;
  readonly method: string;
  readonly url: string;
  readonly token: string | undefined;
};

const token = { authorization: 'Bearer secret' };

/** Says what it heard; nothing but a few lines of an application. */
class EchoInProcess implements InProcessApplication {
  closed = 0;
  async inject({ method, url, headers, payload = '', signal }: InProcessRequest) {
    if (url.endsWith('/silence')) await new Promise((_, reject) => signal.addEventListener('abort', reject));
    const body = url.endsWith('/text')
      ? 'plain'
      : JSON.stringify(said(method, url, headers['authorization'], String(payload)));
    const type = url.endsWith('/text') ? 'text/plain' : 'application/problem+json; charset=utf-8';
    return { statusCode: url.endsWith('/gone') ? 410 : 200, headers: { 'content-type': type }, body };
  }
  async close(): Promise<void> {
    this.closed += 1;
  }
}

function said(method: string | undefined, url: string | undefined, from: string | undefined, heard: string): Heard {
  return { heard, method: method ?? '', url: url ?? '', token: from };
}

class EchoTest extends HttpTest {
  readonly echo = new EchoInProcess();
  opened = 0;
  protected override application(): EchoInProcess {
    this.opened += 1;
    return this.echo;
  }
  protected override defaults() {
    return { prefix: '/api/v1', headers: token };
  }
}
const t = EchoTest.install();

/** A real server, which keeps connections open until they are ended. */
class EchoServer implements SocketApplication {
  readonly server: Server = createServer((request, response) => {
    if (request.url === '/silence') return;
    if (request.url === '/half') return void response.write('one half');
    const answer = (heard: string): void => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(said(request.method, request.url, request.headers.authorization, heard)));
    };
    text(request).then(answer, (error: Error) => response.destroy(error));
  });
  connections = 0;

  constructor() {
    this.server.keepAliveTimeout = 0;
    this.server.on('connection', () => (this.connections += 1));
  }
  async listen({ host, port }: { readonly host: string; readonly port: number }): Promise<string> {
    await once(this.server.listen(port, host), 'listening');
    return `http://${host}:${(this.server.address() as AddressInfo).port}`;
  }
  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}

class EchoSocketTest extends HttpSocketTest {
  readonly echo = new EchoServer();
  protected override application(): EchoServer {
    return this.echo;
  }
}
const s = EchoSocketTest.install();

async function failureOf(work: PromiseLike<unknown>): Promise<string> {
  return work.then(
    () => 'passed',
    (error: Error) => error.message,
  );
}

/** Node's own notice of the head of an answer. */
const HEAD = 'http.client.response.finish';

const contextOf = (limitMs: number): Mocha.Context => ({ timeout: () => limitMs }) as unknown as Mocha.Context;

describe('A test over HTTP in process', () => {
  it(
    'asks with the prefix and the headers of all requests',
    t.test(async ({ http }) => {
      const answer = await http.post<Heard>('/devices', { name: 'core-1' });

      expect([answer.status, answer.body]).to.deep.equal([
        200,
        { heard: '{"name":"core-1"}', method: 'POST', url: '/api/v1/devices', token: 'Bearer secret' },
      ]);
    }),
  );

  it(
    'sends a text or bytes as they are, and hands out what is not JSON as text',
    t.test(async ({ http }) => {
      const sent = await http.put<Heard>('/devices', '{broken');
      const bytes = await http.put<Heard>('/devices', Buffer.from('{bytes'));
      const plain = await http.get('/text');

      expect([sent.body.heard, bytes.body.heard]).to.deep.equal(['{broken', '{bytes']);
      expect([plain.text, plain.body]).to.deep.equal(['plain', undefined]);
    }),
  );

  it(
    'hands out refusals like other answers',
    t.test(async ({ http }) => {
      expect((await http.delete('/gone')).status).to.equal(410);
    }),
  );

  it(
    'asks as somebody else, or as nobody',
    t.test(async ({ http }) => {
      const nobody = await http.as({}).get<Heard>('/devices');

      expect(nobody.body.token).to.equal(undefined);
    }),
  );

  it('opens the application with the first request, once, and closes it', async () => {
    const tests: EchoTest[] = [];

    await t.test((test) => void tests.push(test)).call(contextOf(2_000));
    await t
      .test(async (test) => {
        tests.push(test);
        await Promise.all([test.http.get('/1'), test.http.patch('/2')]);
      })
      .call(contextOf(2_000));

    expect(tests.map(({ opened }) => opened)).to.deep.equal([0, 1]);
    expect(tests.map(({ echo }) => echo.closed)).to.deep.equal([0, 1]);
  });

  it('stops a request when the test is stopped', async () => {
    const stopped = await failureOf(t.test(({ http }) => http.get('/silence')).call(contextOf(50)));

    expect(stopped).to.equal('The test was stopped after 40 ms.');
  });
});

describe('A test over a socket', () => {
  it(
    'asks many at the same time, and over the same connections again',
    s.test(async ({ http, echo }) => {
      const many = await Promise.all([1, 2, 3].map((n) => http.post<Heard>(`/devices/${n}`, `${n}`)));
      const atOnce = echo.connections;
      await http.get('/devices');

      expect(many.map(({ body }) => [body.url, body.heard])).to.deep.equal(
        [1, 2, 3].map((n) => [`/devices/${n}`, `${n}`]),
      );
      expect([atOnce, echo.connections]).to.deep.equal([3, 3]);
    }),
  );

  for (const method of ['GET', 'POST', 'DELETE'] as const) {
    it(
      `sends a body with ${method}, and asks again over the same connection`,
      s.test(async ({ http }) => {
        const answers = [await http.ask<Heard>(method, '/1', { body: 'größe' }), await http.ask<Heard>(method, '/2')];

        expect(answers.map(({ body }) => [body.method, body.heard])).to.deep.equal([
          [method, 'größe'],
          [method, ''],
        ]);
      }),
    );
  }

  it(
    'tells where it listens, for clients of other kinds',
    s.test(async (test) => {
      const answer = await fetch(new URL('/devices', await test.url), { headers: { connection: 'close' } });

      expect(answer.status).to.equal(200);
    }),
  );

  it('has closed the application when it is over', async () => {
    let echo: EchoServer | undefined;

    await s
      .test(async (test) => {
        echo = test.echo;
        await test.http.get('/devices');
      })
      .call(contextOf(2_000));

    expect(echo?.server.listening).to.equal(false);
  });

  it(
    'rejects with the reason of the signal that aborts in the middle of an answer',
    s.test(async ({ http, defer }) => {
      const [stop, enough] = [new AbortController(), new Error('enough')];
      const { promise: headIsThere, resolve } = Promise.withResolvers<unknown>();
      subscribe(HEAD, resolve);
      defer(() => unsubscribe(HEAD, resolve));

      const asking = http.get('/half', { signal: stop.signal }).catch((error: unknown) => error);
      await headIsThere;
      stop.abort(enough);

      expect(await asking).to.equal(enough);
    }),
  );

  it('stops a request when the test is stopped', async () => {
    const stopped = await failureOf(s.test(({ http }) => http.get('/silence')).call(contextOf(500)));

    expect(stopped).to.equal('The test was stopped after 400 ms.');
  });
});
