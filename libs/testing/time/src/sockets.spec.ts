import { expect } from 'chai';
import { once } from 'node:events';
import { get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { facts, inTest, RunningTest } from '#testing/runtime';
import { trackActivity } from './activity-sources.ts';
import { Deadlock } from './deadlock.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Servers in a thread of their own, as nothing in this one tells what they are about to do. */
const SERVERS = `
  const { parentPort } = require('node:worker_threads');
  const http = require('node:http');
  const net = require('node:net');
  const echo = net.createServer((socket) => socket.on('error', () => {}).on('data', (data) => setTimeout(() => socket.write(data), 50)));
  const web = http.createServer((request, response) => setTimeout(() => response.end('answer'), 50));
  echo.listen(0, '127.0.0.1', () => web.listen(0, '127.0.0.1', () =>
    parentPort.postMessage({ echo: echo.address().port, web: web.address().port })));
`;

describe('VirtualClock beside connections', () => {
  let servers: Worker;
  let ports: { echo: number; web: number };
  const sockets: Socket[] = [];

  before(async () => {
    servers = new Worker(SERVERS, { eval: true });
    [ports] = (await once(servers, 'message')) as [typeof ports];
  });

  after(() => servers.terminate());

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  const open = async (): Promise<Socket> => {
    const socket = connect(ports.echo, '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  const ask = async (socket: Socket): Promise<string> => {
    socket.write('question');
    await once(socket, 'data');
    return 'answered';
  };
  const race = (clock: VirtualClock, work: () => Promise<string>): Promise<string> =>
    clock.runUntil(() => Promise.race([work(), clock.sleep(30_000).then(() => 'timed out')]));

  it('waits for the answer on a connection of the test', async () => {
    const clock = new VirtualClock({ start: new Date(0) });

    expect(await race(clock, async () => ask(await open()))).to.equal('answered');
    expect(clock.now().getTime()).to.equal(0);
  });

  it('waits for the answer on a connection that was opened before, by somebody else', async () => {
    const socket = await inTest(endedTest(), open);
    const clock = new VirtualClock();

    expect(await race(clock, () => ask(socket))).to.equal('answered');
  });

  it('does not wait for a connection of somebody else that has had its answer', async () => {
    const socket = await inTest(endedTest(), open);
    const clock = new VirtualClock({ patienceMs: 60_000 });
    await clock.runUntil(() => ask(socket));

    expect(await race(clock, () => new Promise(() => {}))).to.equal('timed out');
  });

  it('does not wait for a connection whose owner says that nothing is under way', async () => {
    const clock = new VirtualClock({ patienceMs: 60_000 });
    using _pool = trackActivity({ lines: () => [], owns: (socket) => sockets.includes(socket) });
    await open();

    expect(await race(clock, () => new Promise(() => {}))).to.equal('timed out');
  });

  it('goes past a connection that has been silent for its patience, and notes so for the report', async () => {
    const clock = new VirtualClock({ patienceMs: 20 });
    await open();

    expect(await race(clock, () => new Promise(() => {}))).to.equal('timed out');
    expect(
      facts()
        .map(({ text }) => text)
        .join(),
    ).to.match(/virtual time went past something silent: TCPWRAP, made at open \(.*sockets\.spec\.ts/);
  });

  it('names a connection that has been silent where nothing else could go on', async () => {
    const clock = new VirtualClock({ patienceMs: 20 });
    await open();

    const outcome: unknown = await clock.runUntil(() => new Promise(() => {})).catch((error: unknown) => error);

    expect(outcome).to.be.instanceOf(Deadlock).with.property('certain', false);
    expect((outcome as Deadlock).open.join()).to.match(/^TCPWRAP, made at open \(.*sockets\.spec\.ts/);
  });

  it('waits for the answer to a request of node:http', async () => {
    const clock = new VirtualClock();
    const fetching = async (): Promise<string> => {
      const [response] = (await once(get(`http://127.0.0.1:${ports.web}`), 'response')) as [NodeJS.ReadableStream];
      await once(response.resume(), 'end');
      return 'answered';
    };

    expect(await race(clock, fetching)).to.equal('answered');
  });

  it('waits for the answer to a fetch, but not for the connection that is kept', async () => {
    const clock = new VirtualClock({ patienceMs: 60_000, start: new Date(0) });
    const fetching = async (): Promise<string> => (await fetch(`http://127.0.0.1:${ports.web}`)).text();

    const answer = await race(clock, fetching);
    await clock.runUntil(() => clock.sleep(1_000));

    expect([answer, clock.now().getTime()]).to.deep.equal(['answer', 1_000]);
  });
});

function endedTest(): RunningTest {
  const test = new RunningTest({ title: 'a hook' });
  test.end();
  return test;
}
