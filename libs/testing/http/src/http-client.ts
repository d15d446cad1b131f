import type { HttpMethod } from './application.ts';

export type HttpRequest = {
  readonly method: HttpMethod;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly payload: string | Buffer | undefined;
  readonly signal: AbortSignal;
};

/** Fields of an answer that nobody has named the type of. */
export type Fields = Readonly<Record<string, unknown>>;

export type HttpAnswer<B = Fields> = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** As it was sent. */
  readonly text: string;
  /** The text as JSON where its type says so, undefined otherwise. */
  readonly body: B;
};

export type HttpOptions = {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a text or bytes are sent as they are, with JSON's type unless a header names another. */
  readonly body?: unknown;
  /** Aborts this request only; the test's signal always does. */
  readonly signal?: AbortSignal;
};

/** Sends a request and answers with what came back, however it got there. */
export type HttpTransport = (request: HttpRequest) => Promise<Omit<HttpAnswer, 'body'>>;

/** Put before every path and into every request, such as `/api/v1` and a token. */
export type HttpDefaults = { readonly prefix?: string; readonly headers?: Readonly<Record<string, string>> };

/**
 * Asks an application as its clients do. Every answer is handed out, whatever its status; it rejects when there is none,
 * and with the signal's reason when that aborts.
 */
export class HttpClient {
  readonly #send: HttpTransport;
  readonly #signal: AbortSignal;
  readonly #defaults: HttpDefaults;

  constructor(send: HttpTransport, signal: AbortSignal, defaults: HttpDefaults = {}) {
    this.#send = send;
    this.#signal = signal;
    this.#defaults = defaults;
  }

  get<B = Fields>(path: string, options?: HttpOptions): Promise<HttpAnswer<B>> {
    return this.ask('GET', path, options);
  }

  post<B = Fields>(path: string, body?: unknown, options?: HttpOptions): Promise<HttpAnswer<B>> {
    return this.ask('POST', path, { ...options, body });
  }

  put<B = Fields>(path: string, body?: unknown, options?: HttpOptions): Promise<HttpAnswer<B>> {
    return this.ask('PUT', path, { ...options, body });
  }

  patch<B = Fields>(path: string, body?: unknown, options?: HttpOptions): Promise<HttpAnswer<B>> {
    return this.ask('PATCH', path, { ...options, body });
  }

  delete<B = Fields>(path: string, options?: HttpOptions): Promise<HttpAnswer<B>> {
    return this.ask('DELETE', path, options);
  }

  async ask<B = Fields>(method: HttpMethod, path: string, options: HttpOptions = {}): Promise<HttpAnswer<B>> {
    const { body, signal } = options;
    const asIs = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    const payload = asIs ? body : JSON.stringify(body);
    const { prefix = '', headers } = this.#defaults;
    const answer = await this.#send({
      method,
      path: `${prefix}${path}`,
      headers: {
        ...(payload !== undefined && { 'content-type': 'application/json' }),
        ...headers,
        ...options.headers,
      },
      payload,
      signal: signal === undefined ? this.#signal : AbortSignal.any([this.#signal, signal]),
    });
    return { ...answer, body: bodyOf(answer) as B };
  }

  /** The same application with other headers: another caller, or none when they are empty. */
  as(headers: Readonly<Record<string, string>>): HttpClient {
    return new HttpClient(this.#send, this.#signal, { ...this.#defaults, headers });
  }
}

function bodyOf({ headers, text }: Omit<HttpAnswer, 'body'>): unknown {
  const isJson = /^application\/(.*\+)?json\b/i.test(String(headers['content-type'] ?? ''));
  return isJson && text !== '' ? JSON.parse(text) : undefined;
}
