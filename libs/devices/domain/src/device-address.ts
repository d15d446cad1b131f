import { err, ok, type Result } from '#kernel';
import type { InvalidDeviceAddress } from './device.errors.ts';
import { isIpv4, isIpv6 } from './ip-address.ts';

const LONGEST = 253;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;
/** Resolvers read a name that ends in a number as an address, in notations nobody expects: `127.1`, `0x7f000001`. */
const NUMBER = /^(\d+|0x[0-9a-f]*)$/i;

/** Where a device answers: an IPv4 or IPv6 address, or a DNS name. Nothing else that a URL or a shell would take. */
export class DeviceAddress {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static parse(text: string): Result<DeviceAddress, InvalidDeviceAddress> {
    return text.length <= LONGEST && (isIpv4(text) || isIpv6(text) || isDnsName(text))
      ? ok(new DeviceAddress(text.toLowerCase()))
      : err({ kind: 'InvalidDeviceAddress', address: text });
  }

  get text(): string {
    return this.#text;
  }
}

function isDnsName(text: string): boolean {
  const labels = text.split('.');
  return labels.every((label) => LABEL.test(label)) && !NUMBER.test(labels.at(-1) ?? '');
}
