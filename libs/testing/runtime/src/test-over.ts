/** The reason of a test's signal when the test has ended, and of what is refused because it comes after that. */
export class TestOver extends Error {
  /** What became of what came too late; undefined where work that was left behind is only told to stop. */
  readonly consequence: string | undefined;

  constructor(consequence?: string) {
    super(consequence === undefined ? 'The test is over.' : `The test is over; ${consequence}.`);
    this.name = 'TestOver';
    this.consequence = consequence;
  }
}

/** Whether an error is how work ends that obeys its test's signal: nobody has to wait for that. */
export function isObedience(error: unknown): boolean {
  const reason = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return reason instanceof TestOver && reason.consequence === undefined;
}
