import type { Json } from '#kernel';
import type { JobType } from '../job-type.ts';

/** A type whose payloads are objects with a `name`; of what they may name, only some things are there. */
export class InMemoryJobType implements JobType {
  readonly name: string;
  readonly #present: ReadonlySet<string>;

  constructor(name: string, present: Iterable<string>) {
    this.name = name;
    this.#present = new Set(present);
  }

  problemWith(payload: Json): string | null {
    return nameIn(payload) === null ? 'must be an object with a name' : null;
  }

  async refusalOf(payload: Json, signal: AbortSignal): Promise<string | null> {
    signal.throwIfAborted();
    const name = nameIn(payload);
    return name !== null && this.#present.has(name) ? null : `names ${name}, which is not there`;
  }
}

function nameIn(payload: Json): string | null {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) return null;
  const { name } = payload as { readonly name?: Json };
  return typeof name === 'string' ? name : null;
}
