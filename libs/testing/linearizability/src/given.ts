/** What the test is given could not be brought about: that says nothing about any program. */
export class GivenFailed extends Error {}

export async function begun(given: () => unknown): Promise<void> {
  try {
    await given();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new GivenFailed(`Before any client began, \`given\` failed: ${message}`, { cause });
  }
}
