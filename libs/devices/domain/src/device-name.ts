import { err, ok, type Result } from '#kernel';
import type { InvalidDeviceName } from './device.errors.ts';

const LONGEST = 63;
const LABELS = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

/** What people call a device: like a host name, 63 characters at most. Upper case is lowered, so equal names are equal texts. */
export class DeviceName {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static parse(text: string): Result<DeviceName, InvalidDeviceName> {
    return text.length <= LONGEST && LABELS.test(text)
      ? ok(new DeviceName(text.toLowerCase()))
      : err({ kind: 'InvalidDeviceName', name: text });
  }

  get text(): string {
    return this.#text;
  }
}
