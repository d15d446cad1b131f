import { err, ok, type Result } from '#kernel';

export type InvalidWebhookUrl = { readonly kind: 'InvalidWebhookUrl'; readonly reason: string };

/** Whether `http:` is taken for this machine itself, as in development. */
export type UrlRules = { readonly insecureLoopback: boolean };

const LONGEST = 2_000;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Where deliveries are sent. To which addresses the host leads is looked at when one is sent, since that changes; what can be
 * told from the text alone is told here. `reason` completes "This cannot be a webhook, because …".
 */
export class WebhookUrl {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  static parse(text: string, { insecureLoopback }: UrlRules): Result<WebhookUrl, InvalidWebhookUrl> {
    const url = URL.parse(text);
    if (url === null || text.length > LONGEST) return invalid(`it is no URL of up to ${LONGEST} characters`);
    const isLocal = insecureLoopback && url.protocol === 'http:' && LOOPBACK.test(url.hostname);
    if (url.protocol !== 'https:' && !isLocal) return invalid('it does not begin with https://');
    if (url.username !== '' || url.password !== '') return invalid('it has credentials in it, which logs would show');
    if (url.hash !== '') return invalid('it has a fragment, which is never sent');
    return ok(new WebhookUrl(url.href));
  }

  /** For what was parsed before, by the rules of that time. */
  static restore(text: string): WebhookUrl {
    return new WebhookUrl(text);
  }
}

function invalid(reason: string): Result<never, InvalidWebhookUrl> {
  return err({ kind: 'InvalidWebhookUrl', reason });
}
