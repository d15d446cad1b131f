import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { promisify } from 'node:util';

const SSHD = '/usr/sbin/sshd';
const call = promisify(execFile);

/** Debian's OpenSSH server on a port, with a host key and for a user's key of its own; it reads nothing of the machine's. */
export class OpenSshServer implements AsyncDisposable {
  readonly port: number;
  readonly username = userInfo().username;
  readonly privateKey: string;
  /** What `ssh-keygen -lf` says about the host key. */
  readonly fingerprint: string;
  readonly #stop: () => Promise<void>;

  private constructor(about: { port: number; privateKey: string; fingerprint: string; stop: () => Promise<void> }) {
    this.port = about.port;
    this.privateKey = about.privateKey;
    this.fingerprint = about.fingerprint;
    this.#stop = about.stop;
  }

  static async start(): Promise<OpenSshServer> {
    const folder = await mkdtemp(join(tmpdir(), 'lockstep-sshd-'));
    const file = (name: string): string => join(folder, name);
    // A root server insists on this folder, which its service would have made.
    if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true });
    for (const key of ['host', 'user']) await call('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(key)]);
    const { stdout: listing } = await call('ssh-keygen', ['-lf', file('host.pub')]);
    const port = await freePort();
    await writeFile(file('config'), configuration(port, file));

    const sshd = spawn(SSHD, ['-D', '-e', '-f', file('config')], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = once(sshd, 'exit');
    await listening(sshd.stderr, ended);
    const stop = async (): Promise<void> => {
      sshd.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    };
    return new OpenSshServer({
      port,
      privateKey: await readFile(file('user'), 'utf8'),
      fingerprint: listing.split(' ')[1] ?? '',
      stop,
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stop();
  }
}

function configuration(port: number, file: (name: string) => string): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${file('host')}`,
    `AuthorizedKeysFile ${file('user.pub')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    '',
  ].join('\n');
}

async function listening(log: NodeJS.ReadableStream, ended: Promise<unknown>): Promise<void> {
  let seen = '';
  const heard = (async () => {
    for await (const chunk of log) if (/Server listening/.test((seen += String(chunk)))) return;
    throw new Error(`sshd did not start: ${seen}`);
  })();
  await Promise.race([heard, ended.then(() => heard)]);
  log.resume();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
