/** What one device said, once, to what was typed. Line ends are as they were recorded. */
export type Recording = {
  /** The file's name, for messages. */
  readonly name: string;
  /** The device model that the file's name tells, if it tells one. */
  readonly model: string | null;
  /** What the device sends after login. Devices that were recorded over exec channels send nothing. */
  readonly initPrompt: string | null;
  /** In the order of the file; a command may occur more than once. */
  readonly exchanges: readonly Exchange[];
};

/** `typed` is without its newline; `answer` is everything up to the device's next silence, echo and prompt included. */
export type Exchange = { readonly typed: string; readonly answer: string };
