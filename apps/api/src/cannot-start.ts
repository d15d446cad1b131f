/** Something outside is not as it has to be; the message says what to do, and no stack would help. */
export class CannotStart extends Error {}
