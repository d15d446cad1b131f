import { DeadlineExceeded } from '#kernel';
import { expect } from 'chai';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { z } from 'zod';
import { ClientGone, requestSignal, ServerStopping } from './requests-in-flight.ts';
import { startHttpServer, type RunningHttpServer } from './start-http-server.ts';
import { testServerParts, withToken } from './testing/test-server-parts.ts';

describe('startHttpServer', () => {
  let parts: ReturnType<typeof testServerParts>;
  let running: RunningHttpServer;
  let entered: PromiseWithResolvers<AbortSignal>;
  let gate: PromiseWithResolvers<string>;

  beforeEach(async () => {
    entered = Promise.withResolvers();
    gate = Promise.withResolvers();
    parts = testServerParts((on) => {
      on.get('/quick', async () => 'quick');
      on.post('/logging', { schema: { body: z.strictObject({}) } }, async () => parts.logger.info('in the handler'));
      on.get('/waiting', async (incoming) => {
        entered.resolve(requestSignal(incoming));
        return gate.promise;
      });
    });
    running = await startHttpServer({ ...parts, host: '127.0.0.1', port: 0 });
  });

  afterEach(() => {
    gate.resolve('over');
    return running.close();
  });

  const get = async (path: string): Promise<Response> => fetch(`${running.url}${path}`, { headers: withToken });

  it('listens on a free port when it is told 0, and says which', async () => {
    expect(running.url).to.match(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
    expect(await (await get('/quick')).text()).to.equal('quick');
  });

  it('names the request on what a handler logs, also after a body that came late', async () => {
    const headers = { ...withToken, 'content-type': 'application/json' };
    const outgoing = request(`${running.url}/logging`, { method: 'POST', headers });
    outgoing.flushHeaders();
    await get('/quick');

    outgoing.end('{}');
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    await once(answer.resume(), 'end');

    const line = parts.logger.lines.find(({ message }) => message === 'in the handler');
    expect(line?.fields).to.deep.equal({ requestId: answer.headers['x-request-id'] });
  });

  it('refuses to start on a port that is taken', async () => {
    const port = Number(new URL(running.url).port);

    const failure = await startHttpServer({ ...parts, host: '127.0.0.1', port }).catch((error: unknown) => error);

    expect(failure).to.have.property('code', 'EADDRINUSE');
  });

  it('lets a request in flight finish when it closes, and takes no further one', async () => {
    const answer = get('/waiting');
    await entered.promise;

    const closing = running.close();
    const refused = await get('/quick').catch((error: Error) => error.cause);
    gate.resolve('finished');

    expect(refused).to.have.property('code', 'ECONNREFUSED');
    expect(await (await answer).text()).to.equal('finished');
    expect((await answer).headers.get('connection')).to.equal('close');
    await closing;
  });

  it('does not wait for a connection that is kept alive without a request', async () => {
    using agent = closing(new Agent({ keepAlive: true, maxSockets: 1 }));
    const outgoing = request(`${running.url}/quick`, { headers: withToken, agent }).end();
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    await once(answer.resume(), 'end');

    await running.close();

    expect(answer.headers.connection).to.equal('keep-alive');
  });

  it('ends what is still in flight when the grace is over', async () => {
    const answer = get('/waiting');
    const signal = await entered.promise;

    const closed = running.close();
    await parts.clock.advance(10_000);
    await closed;

    expect(signal.reason).to.be.instanceOf(ServerStopping);
    expect(await (await answer).json()).to.include({ status: 503, code: 'shutting-down' });
  });

  it('does not wait for a client that does not even end its request', async () => {
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
    await once(socket.resume(), 'connect');
    socket.write('GET /quick HTTP/1.1\r\n');
    await get('/quick');

    const closed = running.close();
    await parts.clock.advance(10_000);
    await parts.clock.advance(1_000);
    await closed;

    expect(socket.readableEnded || socket.destroyed).to.equal(true);
    socket.destroy();
  });

  it('closes once, however often it is asked to', async () => {
    expect(running.close()).to.equal(running.close());
  });

  it('tells a handler that its client went away', async () => {
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
    socket.write(`GET /waiting HTTP/1.1\r\nhost: x\r\nauthorization: ${withToken.authorization}\r\n\r\n`);
    const signal = await entered.promise;

    socket.destroy();
    await once(signal, 'abort');

    expect(signal.reason).to.be.instanceOf(ClientGone);
    expect(parts.clock.waiting).to.equal(0);
  });

  it('answers when the time for an answer is up, even if the handler goes on', async () => {
    const answer = get('/waiting');
    const signal = await entered.promise;

    await parts.clock.advance(30_000);

    expect(signal.reason).to.be.instanceOf(DeadlineExceeded);
    expect(await (await answer).json()).to.include({ status: 503, code: 'deadline-exceeded' });
  });

  it('leaves the signal alone after an answer', async () => {
    const answer = get('/waiting');
    const signal = await entered.promise;

    gate.resolve('finished');
    await (await answer).text();
    await running.close();

    expect(signal.aborted).to.equal(false);
  });
});

function closing(agent: Agent): Agent & Disposable {
  return Object.assign(agent, { [Symbol.dispose]: () => agent.destroy() });
}
