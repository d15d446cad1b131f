import { ControlledServer } from '../server/controlled-server.ts';
import { Arena, type ArenaOptions } from './arena.ts';

/** What campaigns have in common: servers that are started when the first one asks, and databases of its own for each part. */
export class Laboratory implements AsyncDisposable {
  readonly #open = new AsyncDisposableStack();
  #throwaway: Promise<ControlledServer> | undefined;

  /** A server that no other campaign uses, whose data survives a crash. */
  async durableServer(): Promise<ControlledServer> {
    return ControlledServer.start('durable');
  }

  /** The server of all campaigns that leave it alone. */
  async server(): Promise<ControlledServer> {
    this.#throwaway ??= ControlledServer.start('throwaway');
    return this.#throwaway;
  }

  async arena(options: Omit<ArenaOptions, 'server'> & { readonly server?: ControlledServer }): Promise<Arena> {
    return Arena.open({ ...options, server: options.server ?? (await this.server()) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open.disposeAsync();
    await (await this.#throwaway?.catch(() => undefined))?.[Symbol.asyncDispose]();
  }
}
