import type { Json } from '#kernel';

/**
 * A type of job that may be asked for: bound by the context that handles it, wherever jobs are submitted. Types without one
 * are submitted by their own context only, and their payloads taken as they are.
 */
export abstract class JobType {
  abstract readonly name: string;
  /** Null when the payload is one of this type; otherwise what is wrong with it, to be read after "payload". Never throws. */
  abstract problemWith(payload: Json): string | null;
}
