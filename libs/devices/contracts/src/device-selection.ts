import type { DeviceId } from './device-directory.ts';

/**
 * Which devices are meant: those to which all that is said here applies. What is left out does not matter, and `{}` means
 * every device. It is plain data, so that it can be stored with a schedule, and is asked anew each time.
 */
export type DeviceSelection = {
  /** One of these; an empty list means no device. */
  readonly ids?: readonly DeviceId[];
  /** Collected from as one of these models; an empty list means no device. */
  readonly models?: readonly string[];
  readonly tags?: TagSelection;
  /** A part of the name or of the address, character by character; upper and lower case are the same. */
  readonly text?: string;
  readonly enabled?: boolean;
};

/** Tags in any case of letters. An empty `any` means no device, an empty `all` or `none` every device. */
export type TagSelection = {
  readonly any?: readonly string[];
  readonly all?: readonly string[];
  readonly none?: readonly string[];
};
