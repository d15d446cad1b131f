/** Why there is no connection. `presented` is null when the server has no key of the pinned kind at all. */
export type SshFailure =
  | { readonly kind: 'HostKeyRefused'; readonly presented: string | null }
  | { readonly kind: 'AuthenticationRefused' }
  | { readonly kind: 'Unreachable'; readonly reason: string };

/** The server did not open the channel that was asked for, or the connection ended before it could. */
export class ChannelRefused extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`The channel was not opened: ${reason}`);
    this.name = 'ChannelRefused';
    this.reason = reason;
  }
}
