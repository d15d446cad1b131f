import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { TemporaryFolder, TestProcess } from '#testing/system';

const call = promisify(execFile);

/** Debian's Redis on a port and with a folder of its own; it reads nothing of the machine's. */
export class RedisServer implements AsyncDisposable {
  readonly url: string;
  readonly #port: number;
  readonly #owned: AsyncDisposableStack;

  private constructor(port: number, owned: AsyncDisposableStack) {
    this.#port = port;
    this.url = `redis://127.0.0.1:${port}`;
    this.#owned = owned;
  }

  static async start(signal: AbortSignal): Promise<RedisServer> {
    await using opening = new AsyncDisposableStack();
    const folder = opening.use(await TemporaryFolder.make());
    const port = await freePort();
    const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder.path, '--save', ''];
    const redis = opening.use(new TestProcess(['redis-server', ...settings], { env: {} }));
    await redis.says(/Ready to accept connections/, signal);
    return new RedisServer(port, opening.move());
  }

  /** As after a restart without its data. */
  async forgetAll(): Promise<void> {
    await call('redis-cli', ['-p', `${this.#port}`, 'FLUSHALL']);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#owned.disposeAsync();
  }
}

async function freePort(): Promise<number> {
  await using server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}
