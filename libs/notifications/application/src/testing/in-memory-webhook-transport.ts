import { abortable } from '#kernel';
import type { Answer } from '#notifications/domain';
import type { WebhookMessage, WebhookTransport } from '../ports/webhook-transport.ts';

type Receiver = { readonly status: number; readonly retryAfterMs?: number } | 'hangs';

/** Receivers by URL that answer as a test says: 204 unless told. Where there is none, nothing can be reached. */
export class InMemoryWebhookTransport implements WebhookTransport {
  /** What has arrived, in that order. */
  readonly received: WebhookMessage[] = [];
  readonly #receivers = new Map<string, Receiver>();

  place(url: string, receiver: Receiver = { status: 204 }): void {
    this.#receivers.set(url, receiver);
  }

  async post(message: WebhookMessage, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    const receiver = this.#receivers.get(message.url);
    if (receiver === undefined) return { kind: 'NotReached', reason: 'nobody answers there' };
    this.received.push(message);
    if (receiver === 'hangs') return abortable(new Promise<never>(() => {}), signal);
    return { kind: 'Answered', status: receiver.status, retryAfterMs: receiver.retryAfterMs ?? null };
  }
}
