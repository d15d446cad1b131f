import { expect } from 'chai';
import { Secret } from '#kernel';
import { expectErr, expectOk } from '#kernel/testing';
import { connect } from './connect.ts';
import type { SshCredentials } from './credentials.ts';
import { ConnectTest, password } from './testing/connect-test.ts';
import { newPrivateKey } from './testing/ssh-test-server.ts';

describe('Credentials', () => {
  const t = ConnectTest.install();

  it(
    'offers a refused password once, because devices lock accounts',
    t.test(async ({ serve, target }) => {
      const server = await serve({ methods: ['password', 'keyboard-interactive'] });

      const refusal = expectErr(await connect(target(server, { credentials: password('wrong') })));

      expect(refusal).to.deep.equal({ kind: 'AuthenticationRefused' });
      expect(server.authentications).to.deep.equal(['password']);
    }),
  );

  it(
    'answers with the password where the server asks for it in a dialogue',
    t.test(async ({ serve, target, use }) => {
      const server = await serve({ methods: ['keyboard-interactive'] });

      await use(expectOk(await connect(target(server))));

      expect(server.authentications).to.include('keyboard-interactive');
    }),
  );

  it(
    'logs in with a private key',
    t.test(async ({ serve, target, use }) => {
      const server = await serve();
      const privateKey = new Secret(newPrivateKey('ecdsa'));
      const credentials: SshCredentials = { kind: 'key', username: 'backup', privateKey, passphrase: null };

      await use(expectOk(await connect(target(server, { credentials }))));

      expect(server.authentications).to.include('publickey').and.not.to.include('password');
    }),
  );

  it(
    'logs in with a private key behind a passphrase',
    t.test(async ({ serve, target, use }) => {
      const server = await serve();
      const privateKey = new Secret(newPrivateKey('ecdsa', 'sesame'));
      const behind = (passphrase: string): SshCredentials => ({
        kind: 'key',
        username: 'backup',
        privateKey,
        passphrase: new Secret(passphrase),
      });

      const refusal = await connect(target(server, { credentials: behind('wrong') }));
      await use(expectOk(await connect(target(server, { credentials: behind('sesame') }))));

      expect(expectErr(refusal)).to.deep.equal({ kind: 'AuthenticationRefused' });
      expect(server.authentications).to.include('publickey').and.not.to.include('password');
    }),
  );

  it(
    'does not connect with a private key that cannot be read',
    t.test(async ({ serve, target }) => {
      const server = await serve();
      const privateKey = new Secret('no key at all');
      const credentials: SshCredentials = { kind: 'key', username: 'backup', privateKey, passphrase: null };

      const refusal = expectErr(await connect(target(server, { credentials })));

      expect(refusal).to.deep.equal({ kind: 'AuthenticationRefused' });
    }),
  );
});
