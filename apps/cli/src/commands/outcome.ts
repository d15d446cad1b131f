/** How a command ended, as an exit code: 0 all well, 1 something failed, 2 it could not be run as asked. */
export type ExitCode = 0 | 1 | 2;

/** A mistake in how a command was called or set up; its message says what to do. */
export class CannotRun extends Error {}

/** Runs a command to its exit code. Why one has failed is told in its own words; an interrupted one has nothing to tell. */
export async function outcomeOf(
  command: () => Promise<ExitCode>,
  { interrupted, complain }: { readonly interrupted: AbortSignal; readonly complain: (line: string) => void },
): Promise<ExitCode> {
  try {
    return await command();
  } catch (error) {
    if (!interrupted.aborted) complain(error instanceof Error ? error.message : String(error));
    return error instanceof CannotRun ? 2 : 1;
  }
}
