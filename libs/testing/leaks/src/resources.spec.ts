import { outsideTests } from '#testing/runtime';
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { Worker } from 'node:worker_threads';
import { verdict } from './fixtures/verdict.ts';

const HERE = /resources\.spec\.ts:\d+:\d+/;

async function listening(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('The leak ledger of what Node opens', () => {
  it('names a timer and the line that started it', async () => {
    let timer: NodeJS.Timeout | undefined;

    const said = await verdict(() => (timer = setTimeout(() => {}, 60_000)));
    clearTimeout(timer);

    expect(said).to.include('- a timer, opened at ').and.match(HERE);
  });

  it('tells an interval from a timer', async () => {
    let timer: NodeJS.Timeout | undefined;

    const said = await verdict(() => (timer = setInterval(() => {}, 60_000)));
    clearInterval(timer);

    expect(said).to.include('- an interval, ').and.match(HERE);
  });

  it('leaves timers alone that were cleared, have fired or do not keep the process', async () => {
    const said = await verdict(async () => {
      clearTimeout(setTimeout(() => {}, 60_000));
      await new Promise((resolve) => void setTimeout(resolve, 1));
      setTimeout(() => {}, 60_000).unref();
    });

    expect(said).to.equal('clean');
  });

  it('waits for a timer that is about to fire', async () => {
    expect(await verdict(() => void setTimeout(() => {}, 5))).to.equal('clean');
  });

  it('leaves alone the timer of Mocha that limits the test', async function () {
    const said = await verdict(async () => {
      await Promise.resolve(); // Mocha starts its timer when the body has gone that far
      this.timeout(10_000);
    });

    expect(said).to.equal('clean');
  });

  it('names a server and the line that made it listen', async () => {
    let server: Server | undefined;

    const said = await verdict(async () => (server = await listening()));
    server?.close();

    expect(said).to.include('- a TCP server, ').and.match(HERE);
  });

  it('names a socket', async () => {
    const server = await outsideTests(listening);
    let client: ReturnType<typeof connect> | undefined;

    const said = await verdict(async () => {
      client = connect((server.address() as AddressInfo).port, '127.0.0.1');
      await once(client, 'connect');
    });
    client?.destroy();
    server.close();

    expect(said).to.include('- a TCP socket, ').and.match(HERE);
  });

  it('names a child process', async () => {
    const children: ReturnType<typeof spawn>[] = [];

    const said = await verdict(() => children.push(spawn('sleep', ['60'], { stdio: 'ignore' })));
    for (const child of children) child.kill('SIGKILL');

    expect(said).to.include('- a child process, ').and.match(HERE);
  });

  it('names a worker', async () => {
    const workers: Worker[] = [];

    const said = await verdict(() => workers.push(new Worker('setInterval(() => {}, 1_000)', { eval: true })));
    await Promise.all(workers.map((worker) => worker.terminate()));

    expect(said).to.include('- a worker, ').and.match(HERE);
  });

  it('names a file watcher', async () => {
    let watcher: ReturnType<typeof watch> | undefined;

    const said = await verdict(() => (watcher = watch(tmpdir())));
    watcher?.close();

    expect(said).to.include('- a file watcher, ').and.match(HERE);
  });

  it('finds nothing where everything was closed', async () => {
    const said = await verdict(async () => {
      await readFile(import.meta.filename);
      await using handle = await open(import.meta.filename);
      await handle.stat();
      const server = await listening();
      const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
      await once(client, 'connect');
      client.destroy();
      server.close();
      await once(spawn('true'), 'close');
    });

    expect(said).to.equal('clean');
  });
});
