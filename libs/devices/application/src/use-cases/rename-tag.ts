import { Tag, type InvalidTag, type TagNotFound } from '#devices/domain';
import { err, ok, type Clock, type Result } from '#kernel';
import type { TagCount } from '../ports/device-reader.ts';
import type { DevicesTransaction } from '../ports/devices-transaction.ts';

export type RenameTagCommand = { readonly from: string; readonly to: string };
export type RenameTagError = InvalidTag | TagNotFound;
/** The new name, and how many devices had the old one. */
export type RenamedTag = TagCount;

/** Renames a tag of all devices or of none. Where the new name is a tag already, the two become one. */
export class RenameTag {
  readonly #transaction: DevicesTransaction;
  readonly #clock: Clock;

  constructor(transaction: DevicesTransaction, clock: Clock) {
    this.#transaction = transaction;
    this.#clock = clock;
  }

  async execute(
    command: RenameTagCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<RenamedTag, RenameTagError>> {
    const [from, to] = [Tag.parse(command.from), Tag.parse(command.to)];
    if (!from.ok) return from;
    if (!to.ok) return to;

    return this.#transaction.run(async (stores): Promise<Result<RenamedTag, RenameTagError>> => {
      const devices = await stores.devices.renameTag({ from: from.value, to: to.value }, this.#clock.now());
      return devices === 0 ? err({ kind: 'TagNotFound', tag: from.value.text }) : ok({ tag: to.value.text, devices });
    }, signal);
  }
}
