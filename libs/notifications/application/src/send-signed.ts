import type { Clock, Secret } from '#kernel';
import { Subscription, type Answer, type SealedSecret, type SubscriptionSnapshot } from '#notifications/domain';
import { SecretUnreadable, type WebhookSecrets } from './ports/webhook-secrets.ts';
import type { WebhookMessage, WebhookTransport } from './ports/webhook-transport.ts';

export type SendSignedParts = {
  readonly secrets: WebhookSecrets;
  readonly transport: WebhookTransport;
  readonly clock: Clock;
};
type Unsigned = Pick<WebhookMessage, 'id' | 'body'> & { readonly subscription: SubscriptionSnapshot };

const UNREADABLE: Answer = { kind: 'NotReached', reason: 'its secret cannot be read' };

/**
 * Posts a message to its subscription, signed by the secrets that are valid now. One from before a rotation that nobody can read
 * any more is left out: such secrets are why people rotate.
 */
export async function sendSigned(
  { secrets, transport, clock }: SendSignedParts,
  { subscription, ...message }: Unsigned,
  signal: AbortSignal,
): Promise<Answer> {
  const at = clock.now();
  const { id, url } = subscription;
  const open = async (sealed: SealedSecret): Promise<Secret | null> => {
    try {
      return await secrets.open(id, sealed, signal);
    } catch (error) {
      if (error instanceof SecretUnreadable) return null;
      throw error;
    }
  };
  const [newest = null, previous = null] = await Promise.all(
    Subscription.restore(subscription).secretsAt(at).map(open),
  );
  if (newest === null) return UNREADABLE;
  const opened = previous === null ? [newest] : [newest, previous];
  return transport.post({ url, at, secrets: opened, ...message }, signal);
}
