import type { Secret } from '#kernel';
import type { SealedSecret, SubscriptionId } from '#notifications/domain';

export type IssuedSecret = { readonly secret: Secret; readonly sealed: SealedSecret };

/**
 * Makes signing secrets and keeps them unreadable at rest.
 *
 * `issue` makes one of 32 random bytes, as `whsec_` and base64 (Standard Webhooks 1.0). What is sealed for a subscription opens
 * for it only and under the same key only, and not when a single bit has changed; otherwise `open` throws {@link SecretUnreadable}.
 * Either call may ask a remote service: make it outside of a transaction. Rejects with the signal's reason on abort.
 */
export abstract class WebhookSecrets {
  abstract issue(owner: SubscriptionId, signal: AbortSignal): Promise<IssuedSecret>;
  abstract open(owner: SubscriptionId, sealed: SealedSecret, signal: AbortSignal): Promise<Secret>;
}

/** The master key is another one than that which a secret was sealed with, or the stored bytes are damaged. */
export class SecretUnreadable extends Error {
  readonly subscriptionId: SubscriptionId;

  constructor(subscriptionId: SubscriptionId) {
    super(`The secret of subscription ${subscriptionId} cannot be read: restore the master key, or rotate the secret.`);
    this.name = 'SecretUnreadable';
    this.subscriptionId = subscriptionId;
  }
}
