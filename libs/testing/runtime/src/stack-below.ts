/** A stack trace that was taken, and is put into words when somebody reads it. */
export type TakenStack = { readonly stack?: string };

/** Takes the stack, at most `frames` of it, without `below` and everything it called. Costs some microseconds. */
export function stackBelow(below: ((...args: never[]) => unknown) | undefined, frames: number): TakenStack {
  const holder: TakenStack = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = frames;
  Error.captureStackTrace(holder, below);
  Error.stackTraceLimit = limit;
  return holder;
}
