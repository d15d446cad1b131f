import { abortable } from '#kernel';
import type { AsyncTestBase, Part } from '#testing/lifecycle';
import type { InProcessApplication } from './application.ts';
import { HttpClient, type HttpDefaults, type HttpTransport } from './http-client.ts';

/** An application that a test asks without a socket: opened by the first request, closed with the test. */
export class InProcessHttp implements Part {
  readonly #open: () => InProcessApplication | Promise<InProcessApplication>;
  readonly #defaults: () => HttpDefaults;
  #test: AsyncTestBase | undefined;
  #opened: Promise<InProcessApplication> | undefined;

  constructor(
    open: () => InProcessApplication | Promise<InProcessApplication>,
    defaults: () => HttpDefaults = () => ({}),
  ) {
    this.#open = open;
    this.#defaults = defaults;
  }

  setUp(test: AsyncTestBase): void {
    this.#test = test;
  }

  get client(): HttpClient {
    if (this.#test === undefined) throw new Error('The application is there once the test runs.');
    return new HttpClient(this.#send, this.#test.signal, this.#defaults());
  }

  readonly #send: HttpTransport = async ({ method, path, headers, payload, signal }) => {
    const application = await (this.#opened ??= this.#start());
    signal.throwIfAborted();
    const request = { method, url: path, headers, signal, ...(payload !== undefined && { payload }) };
    const answer = await abortable(Promise.resolve(application.inject(request)), signal);
    return { status: answer.statusCode, headers: answer.headers, text: answer.body };
  };

  async #start(): Promise<InProcessApplication> {
    const application = await this.#open();
    this.#test?.defer(() => application.close(), 'the end of the application');
    return application;
  }
}
