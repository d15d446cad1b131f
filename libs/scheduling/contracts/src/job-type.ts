import type { Json } from '#kernel';

/**
 * A type of job that may be asked for: bound by the context that handles it, wherever jobs are submitted. Types without one
 * are submitted by their own context only, and their payloads taken as they are.
 */
export abstract class JobType {
  abstract readonly name: string;
  /** Null when the payload is one of this type; otherwise what is wrong with it, to be read after "payload". Never throws. */
  abstract problemWith(payload: Json): string | null;
  /**
   * Left out where the payload says it all. Otherwise asked after that, and in no transaction, whether there is what a good payload
   * names: null when there is; if not, what is missing, to be read after "payload". What it has seen may be otherwise by the
   * time the job runs. Rejects with the signal's reason on abort.
   */
  abstract refusalOf?(payload: Json, signal: AbortSignal): Promise<string | null>;
}
