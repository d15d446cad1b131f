type Class = abstract new (...given: never[]) => unknown;

let Skip: Class | undefined;

/**
 * Learns what Mocha throws where a test skips itself, from Mocha's own `skip`: the class has no public name, and the Mocha
 * that runs need not be the one that an import would find.
 */
export function learnSkip(skip: () => unknown): void {
  try {
    Reflect.apply(skip, {}, []);
  } catch (thrown) {
    Skip = (thrown as object).constructor as unknown as Class;
  }
}

/** Whether it was thrown by `this.skip()`: behind a callback nobody is meant to catch it, and it is no failure. */
export function isSkip(error: unknown): boolean {
  return Skip !== undefined && error instanceof Skip;
}
