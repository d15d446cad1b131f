/** A request as Fastify's `inject` takes it; any application that answers requests without a socket can offer the same. */
export type InProcessRequest = {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload?: string | Buffer;
  readonly signal: AbortSignal;
};

export type InProcessAnswer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
};

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

/** What an application needs for tests in process; Fastify's instances have it. */
export type InProcessApplication = {
  inject(request: InProcessRequest): PromiseLike<InProcessAnswer>;
  close(): PromiseLike<unknown>;
};

/** What an application needs for tests over a socket; Fastify's instances have it. `listen` answers its URL. */
export type SocketApplication = {
  listen(at: { readonly host: string; readonly port: number }): PromiseLike<string>;
  close(): PromiseLike<unknown>;
};
