import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { TemporaryFolder, TestProcess } from '#testing/system';

const SSHD = '/usr/sbin/sshd';
const call = promisify(execFile);

type Started = { readonly port: number; readonly privateKey: string; readonly fingerprint: string };

/** Debian's OpenSSH server on a port, with a host key and for a user's key of its own; it reads nothing of the machine's. */
export class OpenSshServer implements AsyncDisposable {
  readonly port: number;
  readonly username = userInfo().username;
  readonly privateKey: string;
  /** What `ssh-keygen -lf` says about the host key. */
  readonly fingerprint: string;
  readonly #owned: AsyncDisposableStack;

  private constructor({ port, privateKey, fingerprint }: Started, owned: AsyncDisposableStack) {
    this.port = port;
    this.privateKey = privateKey;
    this.fingerprint = fingerprint;
    this.#owned = owned;
  }

  static async start(signal: AbortSignal): Promise<OpenSshServer> {
    await using opening = new AsyncDisposableStack();
    const folder = opening.use(await TemporaryFolder.make());
    // A root server insists on this folder, which its service would have made.
    if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true });
    for (const key of ['host', 'user'])
      await call('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', folder.at(key)]);
    const { stdout: listing } = await call('ssh-keygen', ['-lf', folder.at('host.pub')]);
    const port = await freePort();
    await writeFile(folder.at('config'), configuration(port, folder));

    const sshd = opening.use(new TestProcess([SSHD, '-D', '-e', '-f', folder.at('config')], { env: {} }));
    await sshd.says(/Server listening/, signal);
    const privateKey = await readFile(folder.at('user'), 'utf8');
    return new OpenSshServer({ port, privateKey, fingerprint: listing.split(' ')[1] ?? '' }, opening.move());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#owned.disposeAsync();
  }
}

function configuration(port: number, folder: TemporaryFolder): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${folder.at('host')}`,
    `AuthorizedKeysFile ${folder.at('user.pub')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    '',
  ].join('\n');
}

async function freePort(): Promise<number> {
  await using server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}
