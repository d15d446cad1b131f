import type { Secret } from '#kernel';
import type { Answer } from '#notifications/domain';

export type WebhookMessage = {
  readonly url: string;
  /** The same for every attempt at a delivery: by it receivers know what they have had already. */
  readonly id: string;
  /** The time of the attempt. Receivers turn away what is older than some minutes, so that nobody can send it again later. */
  readonly at: Date;
  /** JSON. */
  readonly body: string;
  /** Signed with each of them; at least one. */
  readonly secrets: readonly Secret[];
};

/**
 * Sends one message to one receiver and tells how it was taken (Standard Webhooks 1.0).
 *
 * It is a POST with the headers `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`: for each secret, parted by
 * spaces, `v1,` and the base64 of the HMAC-SHA256 under the secret's bytes, over id, timestamp and body with dots between. Receivers compare signatures in
 * constant time: a comparison that stops at the first difference tells a forger how much was right.
 *
 * It connects to no address that the installation has not allowed, and to none but those that were looked at: not to another one that
 * the name leads to a moment later. A redirection is an answer like any other. The body of the answer is not read. Ends within ten seconds,
 * and rejects only with the signal's reason on abort; no connection stays open. A receiver may have taken what was aborted.
 */
export abstract class WebhookTransport {
  abstract post(message: WebhookMessage, signal: AbortSignal): Promise<Answer>;
}
