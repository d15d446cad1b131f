import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

type Pair = readonly [client: Socket, server: Socket];

/** Stands between a client and a server. Once it is deaf, what is connected stays so, and nothing comes through any more. */
export class DeafProxy implements AsyncDisposable {
  readonly url: string;
  readonly #server: Server;
  readonly #pairs: Pair[];

  private constructor(url: string, server: Server, pairs: Pair[]) {
    this.url = url;
    this.#server = server;
    this.#pairs = pairs;
  }

  static async before(url: string): Promise<DeafProxy> {
    const { hostname, port } = new URL(url);
    const pairs: Pair[] = [];
    const server = createServer((client) => {
      const upstream = connect(Number(port), hostname);
      for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
      client.pipe(upstream).pipe(client);
      pairs.push([client, upstream]);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const through = new URL(url);
    through.hostname = '127.0.0.1';
    through.port = String((server.address() as AddressInfo).port);
    return new DeafProxy(through.href, server, pairs);
  }

  /** Those that come later are heard. */
  goDeaf(): void {
    for (const [client, upstream] of this.#pairs) {
      client.unpipe(upstream);
      upstream.unpipe(client);
      for (const socket of [client, upstream]) socket.pause();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#pairs.flat()) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
