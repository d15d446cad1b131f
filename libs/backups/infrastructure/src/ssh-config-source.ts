import type { ConfigSource } from '#backups/application';
import {
  dialogueWith,
  type CollectedConfiguration,
  type CollectionFailure,
  type DeviceModel,
  type Dialogue,
  type DialogueEvent,
} from '#backups/domain';
import type { DeviceAccess, HostKey } from '#devices/contracts';
import { DeadlineExceeded, err, ok, type Clock, type Result } from '#kernel';
import { ChannelRefused, connect, type SshChannel, type SshConnection } from '#platform/ssh';
import type { JobProgress } from '#scheduling/contracts';
import { failureOfConnection } from './ssh-config-source.failures.ts';
import { Sessions, type SessionPlace } from './sessions.ts';
import { EventReader } from './ssh-config-source.events.ts';

type Collected = Result<CollectedConfiguration, CollectionFailure>;

/** How much a device may take of our time, in milliseconds, and of our memory. */
export type CollectionLimits = {
  readonly connect: number;
  /** Without a byte behind the prompt: then it is taken for the prompt, and not for text that goes on. */
  readonly quiet: number;
  /** Without a single byte. */
  readonly idle: number;
  /** For everything together. */
  readonly total: number;
  readonly bytes: number;
  /** How many sessions there are at once; others wait for theirs before their time begins. */
  readonly sessions: number;
};

const LIMITS: CollectionLimits = {
  connect: 20_000,
  quiet: 150,
  idle: 30_000,
  total: 300_000,
  bytes: 16 * 1024 * 1024,
  sessions: 10,
};
const CLOSE_MS = 2_000;
/** How much more has to have come before it is told again. */
const TOLD_BYTES = 64 * 1024;

type TellProgress = (progress: JobProgress) => void;

type Collecting = { readonly model: DeviceModel; readonly signal: AbortSignal; readonly progress: TellProgress };

class ReceivedBytes {
  readonly #progress: TellProgress;
  #received = 0;
  #told: number | null = null;

  constructor(progress: TellProgress) {
    this.#progress = progress;
  }

  add(bytes: number): void {
    this.#received += bytes;
    if (this.#told !== null && this.#received < this.#told + TOLD_BYTES) return;
    this.#told = this.#received;
    this.#progress({ step: 'collecting', done: this.#received });
  }
}

/** Leads the dialogue of a device's model over SSH, and ends it when the device takes too long. */
export class SshConfigSource implements ConfigSource {
  readonly #clock: Clock;
  readonly #limits: CollectionLimits;
  readonly #sessions: Sessions;

  constructor(clock: Clock, limits: Partial<CollectionLimits> = {}) {
    this.#clock = clock;
    this.#limits = { ...LIMITS, ...limits };
    this.#sessions = new Sessions(clock, this.#limits.sessions);
  }

  async collect(
    access: DeviceAccess,
    model: DeviceModel,
    signal: AbortSignal,
    progress: TellProgress = () => {},
  ): Promise<Collected> {
    signal.throwIfAborted();
    if (access.hostKey === null) return err({ kind: 'HostKeyUnknown' });
    using place = await this.#sessions.enter(signal);
    using total = this.#clock.deadline(this.#limits.total, signal);
    try {
      return await this.#collectWithin(
        { ...access, hostKey: access.hostKey },
        { model, signal: total.signal, progress, place },
      );
    } catch (reason) {
      signal.throwIfAborted();
      if (total.signal.aborted) return err({ kind: 'TimeLimitExceeded', milliseconds: this.#limits.total });
      if (reason instanceof ChannelRefused)
        return err({ kind: 'DeviceUnreachable', reason: `it opened no channel (${reason.reason})` });
      if (reason instanceof DeadlineExceeded) return err({ kind: 'DeviceStalled', waitingFor: 'a channel' });
      throw reason;
    }
  }

  async #collectWithin(
    access: DeviceAccess & { readonly hostKey: HostKey },
    { model, signal, progress, place }: Collecting & { readonly place: SessionPlace },
  ): Promise<Collected> {
    progress({ step: 'connecting' });
    const { connect: connectMs, idle, bytes } = this.#limits;
    const connected = await place.whileDialling(
      connect({
        ...access,
        deadlines: { connect: connectMs, open: idle, close: CLOSE_MS },
        clock: this.#clock,
        signal,
      }),
    );
    if (!connected.ok) return err(failureOfConnection(connected.error, access));
    await using connection = connected.value;
    await place.regain(signal);
    progress({ step: 'logged in' });
    return await this.#converse(dialogueWith(model, bytes), { connection, model, signal, progress });
  }

  async #converse(
    dialogue: Dialogue,
    { connection, model, signal, progress }: Collecting & { readonly connection: SshConnection },
  ): Promise<Collected> {
    let channel: SshChannel | null = model.mode === 'shell' ? await connection.shell(signal) : null;
    let reader = channel && new EventReader(channel);
    const received = new ReceivedBytes(progress);
    for (let step = dialogue.begin(); ;) {
      if (step.kind === 'done') return ok(step.configuration);
      if (step.kind === 'failed') return err(step.failure);
      if (step.kind === 'send') channel?.write(step.text);
      if (step.kind === 'run') {
        channel = await connection.exec(step.command, signal);
        reader = new EventReader(channel);
      }
      if (reader === null) throw new Error('The dialogue listens before it has opened a channel.');
      const event = await this.#next(reader, step.kind === 'pause' ? 'quiet' : 'silence', signal);
      if (event.kind === 'text') received.add(event.bytes);
      step = dialogue.after(event);
    }
  }

  /** What comes next; this when nothing does. */
  async #next(reader: EventReader, nothing: 'quiet' | 'silence', signal: AbortSignal): Promise<DialogueEvent> {
    using deadline = this.#clock.deadline(nothing === 'quiet' ? this.#limits.quiet : this.#limits.idle, signal);
    try {
      return await reader.next(deadline.signal);
    } catch (reason) {
      signal.throwIfAborted();
      if (reason instanceof DeadlineExceeded) return { kind: nothing };
      throw reason;
    }
  }
}
