import { execSync } from 'node:child_process';
import { join } from 'node:path';
import { modelNamed } from '#backups/domain';
import { Secret } from '#kernel';
import { EmbeddedPostgres } from '#platform/database';
import { SystemClock } from '#platform/system';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { LockstepClient, type ApiDevice, type ApiHostKey } from './client/lockstep-client.ts';
import { backUp, type DeviceOutcome } from './demo/round.ts';
import { Services } from './processes/services.ts';
import { OpenSshServer } from './testing/openssh-server.ts';

const TOKEN = 'one-token-for-one-test-and-for-no-other';
const clock = new SystemClock();
/** The embedded PostgreSQL of a root user runs as somebody else, who has to get at its data. */
const PASSABLE = 0o711;

/** The service as production runs it, and Debian's OpenSSH server. */
class OpenSshTest extends AsyncTestBase {
  client = new LockstepClient({ url: '', token: new Secret(TOKEN), clock });
  server!: OpenSshServer;

  protected override async setUp(): Promise<void> {
    const { path: folder } = await this.use(TemporaryFolder.make({ mode: PASSABLE }));
    const database = await this.use(
      EmbeddedPostgres.start({ directory: join(folder, 'postgres'), signal: this.signal }),
    );
    const env = {
      ...process.env,
      DATABASE_URL: database.url,
      LOCKSTEP_DATA_DIR: folder,
      LOCKSTEP_TOKEN: TOKEN,
      LOCKSTEP_HTTP_PORT: '0',
      LOCKSTEP_LOG_LEVEL: 'error',
    };
    const { url } = await this.use(Services.start({ env, clock, say: () => {} }));
    this.client = new LockstepClient({ url, token: new Secret(TOKEN), clock });
    this.server = await this.use(OpenSshServer.start(this.signal));
  }

  register(): Promise<ApiDevice> {
    const { port, username, privateKey } = this.server;
    const credentials = { kind: 'key', username, privateKey } as const;
    return this.client.register(
      { name: 'debian', address: '127.0.0.1', port, model: 'openssh-linux', credentials },
      this.signal,
    );
  }

  async registerAndPin(): Promise<{ readonly device: ApiDevice; readonly hostKey: ApiHostKey }> {
    const device = await this.register();
    const hostKey = await this.client.scanHostKey(device.id, this.signal);
    await this.client.pinHostKey(device.id, hostKey, this.signal);
    return { device, hostKey };
  }

  async backUp(device: ApiDevice): Promise<DeviceOutcome | undefined> {
    const watch = { finished: () => {}, running: () => {} };
    const [outcome] = await backUp({ client: this.client, clock }, [device], watch, this.signal);
    return outcome;
  }
}

const t = OpenSshTest.install();

describe('a host with the OpenSSH server of Debian', function () {
  this.timeout(60_000);

  it(
    'is scanned as ssh-keygen sees it',
    t.test(async (test) => {
      const { hostKey } = await test.registerAndPin();

      expect(hostKey).to.deep.include({ algorithm: 'ssh-ed25519', fingerprint: test.server.fingerprint });
    }),
  );

  it(
    'is backed up for real: what is stored is what its commands print',
    t.test(async (test) => {
      const { device } = await test.registerAndPin();

      const first = await test.backUp(device);
      const second = await test.backUp(device);

      expect(first?.kind).to.equal('stored');
      expect(second?.kind).to.equal('unchanged');
      const versionId = first?.kind === 'stored' ? first.versionId : '';
      expect(await test.client.content(versionId, test.signal)).to.equal(printedHere());
    }),
  );

  it(
    'is not logged in to when it shows another key than the pinned one',
    t.test(async (test) => {
      const { device } = await test.registerAndPin();
      const other = await test.use(OpenSshServer.start(test.signal));
      await test.client.pinHostKey(
        device.id,
        { algorithm: 'ssh-ed25519', fingerprint: other.fingerprint },
        test.signal,
      );

      const outcome = await test.backUp(device);

      expect(outcome).to.deep.include({ kind: 'failed', attempts: 1 });
      expect(outcome?.kind === 'failed' && outcome.reason).to.match(/host key/);
    }),
  );
});

/** The same commands, run by a shell of this machine; the collector leaves out empty lines around an answer. */
function printedHere(): string {
  const model = modelNamed('openssh-linux');
  if (model?.mode !== 'exec') throw new Error('The model of this test runs commands.');
  const sections = model.commands.map((command) => {
    const answer = execSync(command, { encoding: 'utf8' }).replaceAll(/^\n+|\n+$/g, '');
    return `${model.heading?.(command)}\n${answer}\n`;
  });
  return sections.join('\n');
}
