import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { Frames, statementOf } from './frames.ts';

/** What a client had asked for since its transaction began, when its COMMIT passed. */
export type Transfer = { readonly statements: readonly string[] };

export type Answered = { readonly statements: readonly string[]; readonly at: number };

type Link = { readonly client: Socket; readonly server: Socket; isHole: boolean };

/**
 * Stands between the workers and the database, knows where messages begin and end, and does what networks do: loses the
 * answer to a COMMIT that the server has carried out, and lets connections go on in silence.
 */
export class WireProxy implements AsyncDisposable {
  /** Decides whether the answer to this COMMIT is lost. */
  losesAnswerTo: (transfer: Transfer) => boolean = () => false;
  /** Told of each answer that reached a client, with the statements of its transaction so far. */
  onAnswer: (answered: Answered) => void = () => {};
  readonly #server: Server;
  readonly #links = new Set<Link>();
  #target: number;
  #port = 0;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer({ noDelay: true }, (client) => this.#link(client));
  }

  static async open(target: number): Promise<WireProxy> {
    const proxy = new WireProxy(target);
    await proxy.listen(target);
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Takes connections, for a server on the port `target`; on its own same port as before, if it had one. */
  async listen(target: number): Promise<void> {
    this.#target = target;
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Refuses connections, as a port without a server does, and cuts those that are open. */
  async refuse(): Promise<void> {
    this.#server.close();
    for (const link of this.#links) this.#cut(link);
    await once(this.#server, 'close');
  }

  /** From now on nothing passes on the connections that are open, and nobody is told. New ones work. */
  blackHole(): number {
    const open = [...this.#links].filter(({ isHole }) => !isHole);
    for (const link of open) link.isHole = true;
    return open.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const link of this.#links) this.#cut(link);
    if (this.#server.listening) await this.refuse();
  }

  #link(client: Socket): void {
    const server = connect({ port: this.#target, host: '127.0.0.1', noDelay: true });
    const link: Link = { client, server, isHole: false };
    this.#links.add(link);
    for (const socket of [client, server]) {
      socket.on('error', () => this.#cut(link));
      socket.on('close', () => this.#closed(link));
    }
    this.#pipe(link);
  }

  /** A link that is a hole keeps both ends open, whatever one of them does. */
  #closed(link: Link): void {
    if (link.isHole && !link.client.destroyed) return;
    this.#cut(link);
  }

  #cut(link: Link): void {
    this.#links.delete(link);
    link.client.destroy();
    link.server.destroy();
  }

  #pipe(link: Link): void {
    const asked = new Frames({ beginsTyped: false });
    const told = new Frames({ beginsTyped: true });
    let statements: string[] = [];
    let isLosing = false;
    link.client.on('data', (chunk) => {
      if (link.isHole) return;
      for (const frame of asked.push(chunk)) {
        const statement = statementOf(frame);
        if (statement === null || statement === '') continue;
        if (/^(START TRANSACTION|BEGIN)/i.test(statement)) statements = [];
        else if (/^COMMIT/i.test(statement)) isLosing = this.losesAnswerTo({ statements });
        else statements.push(statement);
      }
      link.server.write(chunk);
    });
    link.server.on('data', (chunk) => {
      if (link.isHole) return;
      const isOver = told.push(chunk).some(({ type }) => type === 'Z');
      if (isLosing) {
        if (isOver) this.#cut(link);
        return;
      }
      link.client.write(chunk);
      if (isOver) this.onAnswer({ statements, at: Date.now() });
    });
  }
}
