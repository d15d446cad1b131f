import { EmbeddedPostgres } from '#platform/database';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WireProxy } from './wire-proxy.ts';

/** `crash`: every process of the server ends at once, as when it is killed. `fast`: sessions are cut off, then it closes its files. */
export type Stop = 'crash' | 'fast';

const SIGNALS = { crash: 'SIGQUIT', fast: 'SIGINT' } as const;

/**
 * A PostgreSQL server that a campaign may crash and start again, behind an address that stays the same. `durable` is what a
 * campaign needs that crashes it; others take what is faster.
 */
export class ControlledServer implements AsyncDisposable {
  readonly #folder: string;
  readonly #durability: 'durable' | 'throwaway';
  #postgres: EmbeddedPostgres;
  #proxies: readonly WireProxy[] = [];

  private constructor(folder: string, durability: 'durable' | 'throwaway', postgres: EmbeddedPostgres) {
    this.#folder = folder;
    this.#durability = durability;
    this.#postgres = postgres;
  }

  static async start(durability: 'durable' | 'throwaway'): Promise<ControlledServer> {
    const folder = await mkdtemp(join(tmpdir(), 'lockstep-torture-'));
    await chmod(folder, 0o711);
    return new ControlledServer(folder, durability, await startIn(folder, durability));
  }

  /** The server's own address, which changes when it is started again. */
  get url(): string {
    return this.#postgres.url;
  }

  /** The same server, reached through a network of its own that the campaign may disturb. */
  async through(): Promise<WireProxy> {
    const proxy = await WireProxy.open(portOf(this.url));
    this.#proxies = [...this.#proxies, proxy];
    return proxy;
  }

  urlThrough(proxy: WireProxy, database: string): string {
    return Object.assign(new URL(this.url), { port: String(proxy.port), pathname: `/${database}` }).href;
  }

  /** Ends the server in the way that was asked for, and starts it again; answers when it took connections again. */
  async restart(how: Stop, pauseMs = 0): Promise<number> {
    const cutting = this.#proxies.map((proxy) => proxy.refuse());
    process.kill(await this.#postmaster(), SIGNALS[how]);
    await this.#postgres.ended;
    await this.#postgres.stop();
    await Promise.all(cutting);
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    this.#postgres = await startIn(this.#folder, this.#durability);
    await Promise.all(this.#proxies.map((proxy) => proxy.listen(portOf(this.url))));
    return Date.now();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const proxy of this.#proxies) await proxy[Symbol.asyncDispose]();
    await this.#postgres.stop();
    for (const place of [this.#folder, this.#postgres.directory]) await rm(place, { recursive: true, force: true });
  }

  async #postmaster(): Promise<number> {
    const [pid] = (await readFile(join(this.#postgres.directory, 'pg18', 'data', 'postmaster.pid'), 'utf8')).split(
      '\n',
    );
    return Number(pid);
  }
}

let databases = 0;

/** A name that no other part has, in whichever server it is. */
export function databaseName(): string {
  return `torture_${process.pid}_${(databases += 1)}`;
}

function startIn(directory: string, durability: 'durable' | 'throwaway'): Promise<EmbeddedPostgres> {
  return EmbeddedPostgres.start({ directory, durability });
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
