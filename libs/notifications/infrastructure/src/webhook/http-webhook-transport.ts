import { abortable, type Clock } from '#kernel';
import type { WebhookMessage, WebhookTransport } from '#notifications/application';
import type { Answer } from '#notifications/domain';
import { request as httpRequest, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressRules } from './address-rules.ts';
import { describeNotReached } from './not-reached.ts';
import { resolveHost, type Address, type ResolveHost } from './resolve-host.ts';
import { retryAfterIn } from './retry-after.ts';
import { signatureHeaders } from './signature.ts';

const LIMIT_MS = 10_000;

export type HttpWebhookTransportParts = {
  readonly rules: AddressRules;
  readonly clock: Clock;
  readonly resolve?: ResolveHost;
};

/**
 * Resolves the name once, looks at all addresses that it leads to, and connects to one of these: a second look-up, as a connection
 * makes it by itself, could be answered differently by whoever owns the name.
 */
export class HttpWebhookTransport implements WebhookTransport {
  readonly #rules: AddressRules;
  readonly #clock: Clock;
  readonly #resolve: ResolveHost;

  constructor({ rules, clock, resolve = resolveHost }: HttpWebhookTransportParts) {
    this.#rules = rules;
    this.#clock = clock;
    this.#resolve = resolve;
  }

  async post(message: WebhookMessage, signal: AbortSignal): Promise<Answer> {
    using deadline = this.#clock.deadline(LIMIT_MS, signal);
    deadline.signal.throwIfAborted();
    try {
      const url = new URL(message.url);
      const addresses = await abortable(this.#resolve(url.hostname), deadline.signal);
      if (!this.#mayReach(addresses)) return notReached('it leads to an address that webhooks may not reach');
      return await this.#send(url, addresses, { message, signal: deadline.signal });
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.signal.aborted) return notReached(`it has not answered within ${LIMIT_MS / 1_000} s`);
      return notReached(describeNotReached(error));
    }
  }

  /** One forbidden address is enough: a connection may take any of them. */
  #mayReach(addresses: readonly Address[]): boolean {
    return addresses.length > 0 && addresses.every(({ address }) => this.#rules.allow(address));
  }

  async #send(
    url: URL,
    addresses: readonly Address[],
    { message, signal }: { message: WebhookMessage; signal: AbortSignal },
  ): Promise<Answer> {
    const body = Buffer.from(message.body);
    const request = (url.protocol === 'http:' ? httpRequest : httpsRequest)(url, {
      method: 'POST',
      agent: false,
      lookup: answering(addresses),
      headers: {
        'content-type': 'application/json',
        'content-length': body.length,
        'user-agent': 'lockstep-webhooks/1',
        ...signatureHeaders(message),
      },
    });
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    request.on('close', close);
    try {
      const response = await abortable(responseTo(request, body), signal);
      const retryAfterMs = retryAfterIn(response.headers['retry-after'], this.#clock.now());
      return { kind: 'Answered', status: response.statusCode ?? 0, retryAfterMs };
    } finally {
      request.destroy();
      await closed;
    }
  }
}

function responseTo(request: ClientRequest, body: Buffer): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // Errors go on to come after the answer, of a connection that nobody needs any more.
  request.on('response', (response) => resolve(response.on('error', () => {}))).on('error', reject);
  request.end(body);
  return promise;
}

function answering(addresses: readonly Address[]): NonNullable<RequestOptions['lookup']> {
  return (_, { all }, callback) => {
    if (all) callback(null, [...addresses]);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  };
}

function notReached(reason: string): Answer {
  return { kind: 'NotReached', reason };
}
