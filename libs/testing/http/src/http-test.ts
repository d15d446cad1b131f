import { AsyncTestBase } from '#testing/lifecycle';
import type { InProcessApplication, SocketApplication } from './application.ts';
import type { HttpClient, HttpDefaults } from './http-client.ts';
import { InProcessHttp } from './in-process.ts';
import { SocketHttp } from './over-socket.ts';

/** A test that asks an application in process. Say which in `application`; it opens with the first request. */
export abstract class HttpTest extends AsyncTestBase {
  readonly #http = this.part(
    new InProcessHttp(
      () => this.application(),
      () => this.defaults(),
    ),
  );

  protected abstract application(): InProcessApplication | Promise<InProcessApplication>;

  /** What every request has: a prefix of the path, headers such as a token. */
  protected defaults(): HttpDefaults {
    return {};
  }

  get http(): HttpClient {
    return this.#http.client;
  }
}

/** The same over a real socket: for what is between the requests, such as connections, and for many at the same time. */
export abstract class HttpSocketTest extends AsyncTestBase {
  readonly #http = this.part(
    new SocketHttp(
      () => this.application(),
      () => this.defaults(),
    ),
  );

  protected abstract application(): SocketApplication | Promise<SocketApplication>;

  protected defaults(): HttpDefaults {
    return {};
  }

  get http(): HttpClient {
    return this.#http.client;
  }

  /** Where it listens, for clients of other kinds. */
  get url(): Promise<URL> {
    return this.#http.url;
  }
}
