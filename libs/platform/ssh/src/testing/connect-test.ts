import { Secret } from '#kernel';
import { AsyncTestBase } from '#testing/lifecycle';
import type { SshTarget } from '../connect.ts';
import type { SshCredentials } from '../credentials.ts';
import { SshTestServer, type TestServerOptions } from './ssh-test-server.ts';

export const password = (text: string): SshCredentials => ({
  kind: 'password',
  username: 'backup',
  password: new Secret(text),
});

/** Tests that connect to servers of their own. */
export class ConnectTest extends AsyncTestBase {
  readonly serve = (options?: TestServerOptions): Promise<SshTestServer> => this.use(SshTestServer.start(options));

  readonly target = (server: Pick<SshTestServer, 'port' | 'hostKey'>, changes: Partial<SshTarget> = {}): SshTarget => ({
    address: '127.0.0.1',
    port: server.port,
    hostKey: server.hostKey,
    credentials: password('open'),
    deadlines: { connect: 5_000, open: 5_000, close: 1_000 },
    clock: this.clock,
    signal: this.signal,
    ...changes,
  });
}
