export { connect, type SshTarget } from './connect.ts';
export type { SshCredentials } from './credentials.ts';
export { hostKeyOf, type HostKey } from './host-key.ts';
export { looksLikePrivateKey } from './looks-like-private-key.ts';
export { scanHostKey } from './scan-host-key.ts';
export type { ChannelEvent, SshChannel } from './ssh-channel.ts';
export type { SshConnection, SshDeadlines } from './ssh-connection.ts';
export { ChannelRefused, type SshFailure } from './ssh.errors.ts';
