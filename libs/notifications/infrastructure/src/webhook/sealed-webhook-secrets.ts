import { Secret } from '#kernel';
import { SecretUnreadable, type IssuedSecret, type WebhookSecrets } from '#notifications/application';
import type { SealedSecret, SubscriptionId } from '#notifications/domain';
import { TextSeal } from '#platform/secrets';
import { randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** Seals signing secrets for their subscription. */
export class SealedWebhookSecrets implements WebhookSecrets {
  readonly #seal: TextSeal;

  /** @param masterKey 32 bytes as base64 */
  constructor(masterKey: Secret) {
    this.#seal = new TextSeal(masterKey, 'lockstep/notifications/webhook-secrets');
  }

  async issue(owner: SubscriptionId, signal: AbortSignal): Promise<IssuedSecret> {
    signal.throwIfAborted();
    const text = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    return { secret: new Secret(text), sealed: { keyId: this.#seal.keyId, bytes: this.#seal.seal(owner, text) } };
  }

  async open(owner: SubscriptionId, { keyId, bytes }: SealedSecret, signal: AbortSignal): Promise<Secret> {
    signal.throwIfAborted();
    const text = keyId === this.#seal.keyId ? this.#seal.open(owner, bytes) : null;
    if (text === null) throw new SecretUnreadable(owner);
    return new Secret(text);
  }
}
