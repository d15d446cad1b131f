import { err, ok, type Result } from '#kernel';
import type { InvalidPort } from './device.errors.ts';

const HIGHEST = 65_535;

export class Port {
  readonly #number: number;

  private constructor(number: number) {
    this.#number = number;
  }

  static parse(number: number): Result<Port, InvalidPort> {
    return Number.isInteger(number) && number >= 1 && number <= HIGHEST
      ? ok(new Port(number))
      : err({ kind: 'InvalidPort', port: number });
  }

  get number(): number {
    return this.#number;
  }
}
