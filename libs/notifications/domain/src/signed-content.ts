/** What the signature of a webhook is over (Standard Webhooks 1.0): its id, its time in seconds, and its very bytes. */
export function signedContent({ id, at, body }: { id: string; at: Date; body: string }): string {
  return `${id}.${Math.floor(at.getTime() / 1_000)}.${body}`;
}
