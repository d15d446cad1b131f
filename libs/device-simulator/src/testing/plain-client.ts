import ssh2, { type Client, type ClientCallback, type ConnectConfig } from 'ssh2';
import type { SimulatedDevice } from '../device/simulated-device.ts';
import { PlainChannel } from './plain-channel.ts';

export const CREDENTIALS = { username: 'operator', password: 'simulated' };

/** An SSH client without opinions: it trusts every host key, waits as long as it takes, and notes what happens. */
export class PlainClient implements AsyncDisposable {
  readonly errors: Error[] = [];
  readonly #client: Client;
  readonly #closed = Promise.withResolvers<void>();

  private constructor() {
    this.#client = new ssh2.Client();
    this.#client.on('error', (error) => this.errors.push(error)).on('close', () => this.#closed.resolve());
  }

  /** Resolves when the login has succeeded, throws when the connection has closed before. */
  static async connect({ address, port }: SimulatedDevice, options: ConnectConfig = CREDENTIALS): Promise<PlainClient> {
    const plain = new PlainClient();
    plain.#client.connect({ host: address, port, readyTimeout: 0, ...options });
    plain.#client.setNoDelay(true);
    const ready = new Promise((resolve) => plain.#client.once('ready', () => resolve(true)));
    if (await Promise.race([ready, plain.#closed.promise])) return plain;
    throw plain.errors[0] ?? new Error('The connection was closed before the login.');
  }

  /** What a client meets that has only `options`: the error, or null when it got in. */
  static async refusal(device: SimulatedDevice, options: ConnectConfig = CREDENTIALS): Promise<Error | null> {
    try {
      await using _ = await PlainClient.connect(device, options);
      return null;
    } catch (error) {
      return error as Error;
    }
  }

  async shell(): Promise<PlainChannel> {
    return this.#open((opened) => this.#client.shell(opened));
  }

  async exec(command: string): Promise<PlainChannel> {
    return this.#open((opened) => this.#client.exec(command, opened));
  }

  // The exit status may come in the same packet as the channel, so its listener cannot wait for a promise.
  async #open(open: (opened: ClientCallback) => void): Promise<PlainChannel> {
    const { promise, resolve, reject } = Promise.withResolvers<PlainChannel>();
    open((error, channel) => (error ? reject(error) : resolve(new PlainChannel(channel))));
    return promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.end();
    await this.#closed.promise;
  }
}
