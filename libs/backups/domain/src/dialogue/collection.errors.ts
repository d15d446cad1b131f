/** Why a configuration was not collected. Nothing of the device's answer is in it but what a person needs to act. */
export type CollectionFailure =
  | { readonly kind: 'HostKeyUnknown' }
  | { readonly kind: 'HostKeyChanged'; readonly pinned: string; readonly presented: string | null }
  | { readonly kind: 'DeviceUnreachable'; readonly reason: string }
  | { readonly kind: 'AuthenticationFailed'; readonly username: string }
  | { readonly kind: 'ConfigurationIncomplete'; readonly reason: string }
  | { readonly kind: 'DeviceStalled'; readonly waitingFor: string }
  | { readonly kind: 'AnswerTooLong'; readonly limitBytes: number }
  | { readonly kind: 'AnswerGarbled'; readonly reason: string }
  | { readonly kind: 'CommandRejected'; readonly command: string; readonly answer: string }
  | { readonly kind: 'TimeLimitExceeded'; readonly milliseconds: number };
