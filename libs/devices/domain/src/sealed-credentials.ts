/** The credentials of a device, encrypted. `keyId` says under which key, so that a change of keys finds what is left to do. */
export type SealedCredentials = { readonly keyId: string; readonly bytes: Uint8Array };
