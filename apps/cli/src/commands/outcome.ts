/** How a command ended, as an exit code: 0 all well, 1 something failed, 2 it could not be run as asked. */
export type ExitCode = 0 | 1 | 2;

/** A mistake in how a command was called or set up; its message says what to do. */
export class CannotRun extends Error {}
