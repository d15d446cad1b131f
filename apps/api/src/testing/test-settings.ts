import { Secret } from '#kernel';

/** Settings of an API for tests; nothing is written to its data folder unless a test backs something up. */
export const testSettings = {
  logLevel: 'error',
  masterKey: new Secret(Buffer.alloc(32, 7).toString('base64')),
  token: new Secret('a-token-that-only-tests-know-0123456789'),
  storeDirectory: '/nonexistent',
  http: { host: '127.0.0.1', port: 0 },
} as const;

export const withToken = { authorization: `Bearer ${testSettings.token.reveal()}` };
