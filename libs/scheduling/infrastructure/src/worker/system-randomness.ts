import type { Randomness } from '#scheduling/application';

export class SystemRandomness implements Randomness {
  fraction(): number {
    return Math.random();
  }
}
