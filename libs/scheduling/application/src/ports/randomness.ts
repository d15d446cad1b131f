/** Chance, where it spreads load. Not for secrets. */
export abstract class Randomness {
  /** At least 0 and below 1, evenly spread. */
  abstract fraction(): number;
}
