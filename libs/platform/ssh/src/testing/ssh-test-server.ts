import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import ssh2, { type AuthContext, type ServerChannel, type Session } from 'ssh2';
import { hostKeyOf, type HostKey } from '../host-key.ts';

/** What a channel of the server does: given the command of an exec channel, or null for a terminal. */
export type Serve = (channel: ServerChannel, command: string | null, socket: Socket) => void;

export type TestServerOptions = {
  readonly key?: 'ecdsa' | 'rsa';
  readonly methods?: ReadonlyArray<AuthContext['method']>;
  readonly serve?: Serve;
  /** What happens to those who ask for a channel instead. */
  readonly refuses?: boolean;
  readonly ignores?: boolean;
};

/** An SSH server on this machine that notes whatever a client gives away of itself. Its password is `open`. */
export class SshTestServer implements AsyncDisposable {
  readonly authentications: string[] = [];
  readonly terminals: { readonly term: string; readonly cols: number; readonly rows: number }[] = [];
  readonly #tcp: TcpServer;
  readonly #sockets = new Set<Socket>();
  readonly #options: TestServerOptions;
  readonly hostKey: HostKey;

  private constructor(options: TestServerOptions) {
    const privateKey = newPrivateKey(options.key ?? 'ecdsa');
    const parsed = ssh2.utils.parseKey(privateKey);
    if (parsed instanceof Error) throw parsed;
    this.hostKey = hostKeyOf(parsed.getPublicSSH());
    this.#options = options;
    const ssh = new ssh2.Server({ hostKeys: [privateKey] }, (client) => {
      client.on('error', () => {});
      client.on('authentication', (context) => this.#authenticate(context));
      client.on('session', (accept) => this.#serve(accept()));
    });
    this.#tcp = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      ssh.injectSocket(socket);
    });
  }

  static async start(options: TestServerOptions = {}): Promise<SshTestServer> {
    const server = new SshTestServer(options);
    server.#tcp.listen(0, '127.0.0.1');
    await once(server.#tcp, 'listening');
    return server;
  }

  get port(): number {
    return (this.#tcp.address() as AddressInfo).port;
  }

  /** How many clients are connected. */
  get connections(): number {
    return this.#sockets.size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#tcp.close();
    await once(this.#tcp, 'close');
  }

  #authenticate(context: AuthContext): void {
    const methods = this.#options.methods ?? ['password', 'publickey'];
    this.authentications.push(context.method);
    if (!methods.includes(context.method)) context.reject([...methods]);
    else if (context.method === 'password' && context.password === 'open') context.accept();
    else if (context.method === 'publickey') context.accept();
    else if (context.method === 'keyboard-interactive')
      context.prompt([{ prompt: 'Password: ', echo: false }], ([answer]) =>
        answer === 'open' ? context.accept() : context.reject([...methods]),
      );
    else context.reject([...methods]);
  }

  #serve(session: Session): void {
    const serve = (channel: ServerChannel, command: string | null): void => {
      const [socket] = [...this.#sockets].slice(-1);
      if (socket !== undefined) this.#options.serve?.(channel, command, socket);
    };
    session.on('pty', (accept, _reject, info) => {
      this.terminals.push({ term: (info as { term?: string }).term ?? '', cols: info.cols, rows: info.rows });
      accept?.();
    });
    if (this.#options.ignores === true) return void session.on('exec', () => {});
    if (this.#options.refuses === true) return void session.on('exec', (_accept, reject) => reject());
    session.on('shell', (accept) => serve(accept(), null));
    session.on('exec', (accept, _reject, { command }) => serve(accept(), command));
  }
}

// Not Ed25519: ssh2 cannot read its own keys of that kind when they begin with a zero.
export function newPrivateKey(kind: 'ecdsa' | 'rsa', passphrase?: string): string {
  const locked = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  if (kind === 'rsa') {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return privateKey.export({ type: 'pkcs1', format: 'pem', ...locked }).toString();
  }
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return privateKey.export({ type: 'sec1', format: 'pem', ...locked }).toString();
}
