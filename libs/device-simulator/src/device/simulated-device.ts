import { createServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import ssh2 from 'ssh2';
import { personalityOf, type Personality } from '../playback/personality.ts';
import { RecordedExec } from '../playback/recorded-exec.ts';
import { RecordedShell } from '../playback/recorded-shell.ts';
import { configurationCommandOf } from '../recording/configuration-command.ts';
import type { Recording } from '../recording/recording.ts';
import { withConfiguration } from '../recording/with-configuration.ts';
import { publicKeyOf, type Access } from './authentication.ts';
import { serve } from './connection.ts';
import { DeviceLog } from './device-log.ts';
import type { Faults } from './faults.ts';
import { newHostKey, type HostKeyIdentity, type HostKeyPair } from './host-key.ts';
import { Running } from './running.ts';

export type SimulatedDeviceOptions = Access & {
  readonly recording: Recording;
  /** A new one where none is given. */
  readonly hostKey?: HostKeyPair;
  readonly address?: string;
  readonly port?: number;
  readonly faults?: Faults;
};

/** An SSH server that answers like the device of a recording, and fails like one when it is told to. */
export class SimulatedDevice implements AsyncDisposable {
  readonly log = new DeviceLog();
  readonly #access: Access;
  readonly #hostKey: HostKeyPair;
  readonly #configurationCommand: string;
  readonly #personality: Personality;
  readonly #server: TcpServer;
  readonly #closed = Promise.withResolvers<void>();
  readonly #sockets = new Map<Socket, Promise<void>>();
  readonly #running = new Running();
  #recording: Recording;
  #faults: Faults;

  private constructor({ recording, hostKey = newHostKey(), faults = {}, ...access }: SimulatedDeviceOptions) {
    if (access.authorizedKey !== undefined) publicKeyOf(access.authorizedKey);
    this.#access = access;
    this.#recording = recording;
    this.#personality = personalityOf(recording.model);
    this.#configurationCommand = configurationCommandOf(recording);
    this.#hostKey = hostKey;
    this.#faults = faults;
    this.#server = createServer({ noDelay: true }, (socket) => this.#welcome(socket)).on('close', () =>
      this.#closed.resolve(),
    );
  }

  static async start(options: SimulatedDeviceOptions): Promise<SimulatedDevice> {
    const device = new SimulatedDevice(options);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    device.#server.once('error', reject).listen(options.port ?? 0, options.address ?? '127.0.0.1', resolve);
    await promise;
    return device;
  }

  get address(): string {
    return this.#listening.address;
  }

  get port(): number {
    return this.#listening.port;
  }

  /** The device's own key, which it shows unless a fault says otherwise. */
  get hostKey(): HostKeyIdentity {
    return { algorithm: this.#hostKey.algorithm, fingerprint: this.#hostKey.fingerprint };
  }

  get faults(): Faults {
    return this.#faults;
  }

  /** Null heals the device. What has gone wrong already stays so. */
  set faults(faults: Faults | null) {
    this.#faults = faults ?? {};
  }

  get openConnections(): number {
    return this.#sockets.size;
  }

  /** The configuration answer as a visitor receives it: in a shell with echo and prompt. */
  configurationAnswer(over: 'shell' | 'exec'): string {
    const command = this.#configurationCommand;
    return over === 'exec' ? this.#newExec().run(command).text : this.#newShell().type(`${command}\n`).text;
  }

  /** Changes the text of the configuration, for connections that are made from now on. */
  changeConfiguration(change: (text: string) => string): void {
    this.#recording = withConfiguration(this.#recording, this.#configurationCommand, change);
  }

  /** Ends every connection and waits until nothing is left of them. Throws what went wrong inside the simulator. */
  async stop(): Promise<void> {
    if (this.#server.listening) this.#server.close();
    for (const socket of this.#sockets.keys()) socket.destroy();
    await Promise.all([this.#closed.promise, ...this.#sockets.values()]);
    await this.#running.ended();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  get #listening(): AddressInfo {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The simulated device has been stopped.');
    return address;
  }

  // One SSH server per connection: it belongs to the socket, and shows the host key of the moment.
  #welcome(socket: Socket): void {
    this.log.connections += 1;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#sockets.set(socket, promise);
    socket.on('error', () => {}).on('close', () => resolve(void this.#sockets.delete(socket)));
    // Silent, but not deaf: only who reads notices that the visitor has hung up.
    if (this.#faults.silentAt === 'connection') return void socket.resume();
    const { privateKey } = this.#faults.otherHostKey ?? this.#hostKey;
    new ssh2.Server({ hostKeys: [privateKey] }, (connection) =>
      serve(connection, {
        socket,
        access: this.#access,
        exec: this.#newExec(),
        newShell: () => this.#newShell(),
        isConfigurationCommand: (command) => command.trim() === this.#configurationCommand,
        faults: () => this.#faults,
        log: this.log,
        track: (work, signal) => this.#running.add(work, signal),
      }),
    ).injectSocket(socket);
  }

  #newExec(): RecordedExec {
    return new RecordedExec(this.#recording, this.#personality);
  }

  #newShell(): RecordedShell {
    return new RecordedShell(this.#recording, this.#personality, this.#faults.pager ?? null);
  }
}
