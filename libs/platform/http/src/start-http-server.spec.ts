import { DeadlineExceeded } from '#kernel';
import { gate, type Gate } from '#testing/concurrency';
import { expect } from 'chai';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { HttpServer } from './http-routes.ts';
import { ClientGone, requestSignal, ServerStopping } from './requests-in-flight.ts';
import { startHttpServer } from './start-http-server.ts';
import { RunningServerTest } from './testing/running-server-test.ts';
import { withToken } from './testing/test-server-parts.ts';

class StartHttpServerTest extends RunningServerTest {
  /** The signal of the request that waits. */
  readonly entered = Promise.withResolvers<AbortSignal>();
  finish!: Gate;

  protected override routes(on: HttpServer): void {
    on.get('/quick', async () => 'quick');
    on.post('/logging', { schema: { body: z.strictObject({}) } }, async () => this.parts.logger.info('in the handler'));
    on.get('/waiting', async (incoming) => {
      this.entered.resolve(requestSignal(incoming));
      await this.finish.passed();
      return 'finished';
    });
  }

  protected override async setUp(): Promise<void> {
    await super.setUp();
    // After the server, so that whoever waits is gone before the server ends.
    this.finish = gate('the end of the waiting request');
  }
}

const t = StartHttpServerTest.install();

describe('startHttpServer', () => {
  it(
    'listens on a free port when it is told 0, and says which',
    t.test(async ({ running, http }) => {
      expect(running.url).to.match(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
      expect((await http.get('/quick')).text).to.equal('quick');
    }),
  );

  it(
    'names the request on what a handler logs, also after a body that came late',
    t.test(async ({ running, http, parts, signal }) => {
      const headers = { ...withToken, 'content-type': 'application/json' };
      const outgoing = request(`${running.url}/logging`, { method: 'POST', headers, signal });
      outgoing.flushHeaders();
      await http.get('/quick');

      outgoing.end('{}');
      const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
      await once(answer.resume(), 'end');

      const line = parts.logger.lines.find(({ message }) => message === 'in the handler');
      expect(line?.fields).to.deep.equal({ requestId: answer.headers['x-request-id'] });
    }),
  );

  it(
    'refuses to start on a port that is taken',
    t.test(async ({ running, parts }) => {
      const port = Number(new URL(running.url).port);

      const failure = await startHttpServer({ ...parts, host: '127.0.0.1', port }).catch((error: unknown) => error);

      expect(failure).to.have.property('code', 'EADDRINUSE');
    }),
  );

  it(
    'lets a request in flight finish when it closes, and takes no further one',
    t.test(async ({ running, http, entered, finish }) => {
      const answer = http.get('/waiting');
      await entered.promise;

      const closing = running.close();
      const refused = await http.get('/quick').catch((error: unknown) => error);
      finish.open();

      expect(refused).to.have.property('code', 'ECONNREFUSED');
      expect((await answer).text).to.equal('finished');
      expect((await answer).headers['connection']).to.equal('close');
      await closing;
    }),
  );

  it(
    'does not wait for a connection that is kept alive without a request',
    t.test(async ({ running, http }) => {
      const answer = await http.get('/quick');

      await running.close();

      expect(answer.headers['connection']).to.equal('keep-alive');
    }),
  );

  it(
    'ends what is still in flight when the grace is over',
    t.test(async ({ running, http, entered, clock }) => {
      const answer = http.get('/waiting');
      const signal = await entered.promise;

      const closed = running.close();
      await clock.advance(10_000);
      await closed;

      expect(signal.reason).to.be.instanceOf(ServerStopping);
      expect((await answer).body).to.include({ status: 503, code: 'shutting-down' });
    }),
  );

  it(
    'does not wait for a client that does not even end its request',
    t.test(async ({ running, http, connect, clock }) => {
      const socket = connect();
      await once(socket.resume(), 'connect');
      socket.write('GET /quick HTTP/1.1\r\n');
      await http.get('/quick');

      const closed = running.close();
      await clock.advance(10_000);
      await clock.advance(1_000);
      await closed;

      expect(socket.readableEnded || socket.destroyed).to.equal(true);
    }),
  );

  it(
    'closes once, however often it is asked to',
    t.test(({ running }) => {
      expect(running.close()).to.equal(running.close());
    }),
  );

  it(
    'tells a handler that its client went away',
    t.test(async ({ connect, entered, clock }) => {
      const socket = connect();
      socket.write(`GET /waiting HTTP/1.1\r\nhost: x\r\nauthorization: ${withToken.authorization}\r\n\r\n`);
      const signal = await entered.promise;

      socket.destroy();
      await once(signal, 'abort');

      expect(signal.reason).to.be.instanceOf(ClientGone);
      expect(clock.waiting).to.equal(0);
    }),
  );

  it(
    'answers when the time for an answer is up, even if the handler goes on',
    t.test(async ({ http, entered, clock }) => {
      const answer = http.get('/waiting');
      const signal = await entered.promise;

      await clock.advance(30_000);

      expect(signal.reason).to.be.instanceOf(DeadlineExceeded);
      expect((await answer).body).to.include({ status: 503, code: 'deadline-exceeded' });
    }),
  );

  it(
    'leaves the signal alone after an answer',
    t.test(async ({ running, http, entered, finish }) => {
      const answer = http.get('/waiting');
      const signal = await entered.promise;

      finish.open();
      await answer;
      await running.close();

      expect(signal.aborted).to.equal(false);
    }),
  );
});
