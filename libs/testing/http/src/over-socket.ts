import { Agent, request as send, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AsyncTestBase, Part } from '#testing/lifecycle';
import type { SocketApplication } from './application.ts';
import { HttpClient, type HttpDefaults, type HttpRequest, type HttpTransport } from './http-client.ts';

type Listening = { readonly url: URL; readonly agent: Agent };

/**
 * An application that listens on a port of this machine, asked over connections that are kept open between requests. It
 * starts with the first request and ends with the test, its connections first.
 */
export class SocketHttp implements Part {
  readonly #open: () => SocketApplication | Promise<SocketApplication>;
  readonly #defaults: () => HttpDefaults;
  #test: AsyncTestBase | undefined;
  #listening: Promise<Listening> | undefined;

  constructor(open: () => SocketApplication | Promise<SocketApplication>, defaults: () => HttpDefaults = () => ({})) {
    this.#open = open;
    this.#defaults = defaults;
  }

  setUp(test: AsyncTestBase): void {
    this.#test = test;
  }

  /** Such as `http://127.0.0.1:49152/`, for clients of other kinds. */
  get url(): Promise<URL> {
    return this.#listen().then(({ url }) => url);
  }

  get client(): HttpClient {
    return new HttpClient(this.#send, this.#running.signal, this.#defaults());
  }

  get #running(): AsyncTestBase {
    if (this.#test === undefined) throw new Error('The application is there once the test runs.');
    return this.#test;
  }

  readonly #send: HttpTransport = async (request) => {
    const { url, agent } = await this.#listen();
    try {
      const answer = await answered(request, url, agent);
      return { status: answer.statusCode ?? 0, headers: answer.headers, text: await text(answer) };
    } catch (error) {
      throw request.signal.aborted ? request.signal.reason : error;
    }
  };

  #listen(): Promise<Listening> {
    return (this.#listening ??= this.#start(this.#running));
  }

  async #start(test: AsyncTestBase): Promise<Listening> {
    const application = await this.#open();
    test.defer(() => application.close(), 'the end of the application');
    const agent = new Agent({ keepAlive: true });
    test.defer(() => agent.destroy(), 'the end of the connections');
    return { url: new URL(await application.listen({ host: '127.0.0.1', port: 0 })), agent };
  }
}

function answered({ method, path, headers, payload, signal }: HttpRequest, url: URL, agent: Agent) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // Node frames no body of a GET or a DELETE by itself; the server would take it for another request.
  const length = payload === undefined ? {} : { 'content-length': String(Buffer.byteLength(payload)) };
  send(new URL(path, url), { method, headers: { ...length, ...headers }, agent, signal }, resolve)
    .on('error', reject)
    .end(payload);
  return promise;
}
