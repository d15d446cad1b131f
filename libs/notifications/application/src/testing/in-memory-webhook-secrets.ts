import { Secret } from '#kernel';
import type { SealedSecret, SubscriptionId } from '#notifications/domain';
import { SecretUnreadable, type IssuedSecret, type WebhookSecrets } from '../ports/webhook-secrets.ts';

/** Numbers its secrets, keeps them to itself, and gives out where they lie. */
export class InMemoryWebhookSecrets implements WebhookSecrets {
  readonly #deposits = new Map<string, { readonly owner: SubscriptionId; readonly secret: Secret }>();

  async issue(owner: SubscriptionId, signal: AbortSignal): Promise<IssuedSecret> {
    signal.throwIfAborted();
    const place = this.#deposits.size + 1;
    const secret = new Secret(`whsec_${String(place).padStart(43, '0')}=`);
    // Written twice, so that no single changed bit leads to another deposit.
    const bytes = new Uint8Array(Uint32Array.of(place, ~place).buffer);
    this.#deposits.set(bytes.toString(), { owner, secret });
    return { secret, sealed: { keyId: 'in-memory', bytes } };
  }

  async open(owner: SubscriptionId, { keyId, bytes }: SealedSecret, signal: AbortSignal): Promise<Secret> {
    signal.throwIfAborted();
    const deposit = this.#deposits.get(bytes.toString());
    if (keyId !== 'in-memory' || deposit?.owner !== owner) throw new SecretUnreadable(owner);
    return deposit.secret;
  }
}
