import { expect } from 'chai';
import { expectErr, expectOk } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { scanHostKey } from './scan-host-key.ts';
import { SshTestServer } from './testing/ssh-test-server.ts';

describe('scanHostKey', () => {
  const t = AsyncTestBase.install();

  for (const key of ['ecdsa', 'rsa'] as const) {
    it(
      `tells the ${key} key that a server shows, and does not say who asks`,
      t.test(async ({ use, signal, eventually }) => {
        const server = await use(SshTestServer.start({ key }));

        const seen = expectOk(await scanHostKey('127.0.0.1', server.port, signal));

        expect(seen).to.deep.equal(server.hostKey);
        expect(server.authentications).to.deep.equal([]);
        await eventually({ what: 'the server to lose its visitor', probe: () => server.connections === 0 });
      }),
    );
  }

  it(
    'says that nobody listens',
    t.test(async ({ signal }) => {
      const server = await SshTestServer.start();
      const { port } = server;
      await server[Symbol.asyncDispose]();

      const refusal = expectErr(await scanHostKey('127.0.0.1', port, signal));

      expect(refusal).to.deep.equal({ kind: 'Unreachable', reason: 'the connection was refused' });
    }),
  );

  it(
    'ends with the reason of the one who stops it',
    t.test(async ({ use }) => {
      const server = await use(SshTestServer.start());
      const stop = new AbortController();
      const reason = new Error('stopped by the caller');

      const scanning = scanHostKey('127.0.0.1', server.port, stop.signal).catch((thrown: unknown) => thrown);
      stop.abort(reason);

      expect(await scanning).to.equal(reason);
    }),
  );
});
