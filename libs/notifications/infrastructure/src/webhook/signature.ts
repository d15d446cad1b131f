import type { WebhookMessage } from '#notifications/application';
import { signedContent } from '#notifications/domain';
import { createHmac } from 'node:crypto';

/** The headers that let a receiver know a message, its age and its sender (Standard Webhooks 1.0). */
export function signatureHeaders({ id, at, body, secrets }: WebhookMessage): Record<string, string> {
  const content = signedContent({ id, at, body });
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.reveal().replace(/^whsec_/, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
}
