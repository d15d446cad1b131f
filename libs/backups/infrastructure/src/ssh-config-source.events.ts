import type { DialogueEvent } from '#backups/domain';
import type { SshChannel } from '#platform/ssh';

/** What comes through a channel, as a dialogue hears it: bytes become text, whatever packets they came in. */
export class EventReader {
  readonly #channel: Pick<SshChannel, 'read'>;
  // What is no UTF-8 becomes U+FFFD, which the dialogue knows how to judge; a byte order mark is text like any other.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #held: DialogueEvent | null = null;

  constructor(channel: Pick<SshChannel, 'read'>) {
    this.#channel = channel;
  }

  async next(signal: AbortSignal): Promise<DialogueEvent> {
    const event = this.#held ?? (await this.#channel.read(signal));
    this.#held = null;
    if (event.kind === 'data') {
      return { kind: 'text', text: this.#decoder.decode(event.bytes, { stream: true }), bytes: event.bytes.length };
    }
    if (event.kind !== 'endOfFile' && event.kind !== 'closed') return event;
    const rest = this.#decoder.decode();
    if (rest === '') return event;
    this.#held = event;
    return { kind: 'text', text: rest, bytes: 0 };
  }
}
