/** Ends an exhaustive `switch`: a case that was forgotten does not compile; one that slips through anyway throws. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
