import { err, ok, type Result } from './result.ts';

declare const owner: unique symbol;

/** The id of one kind of thing: a lower-case UUID at run time, not interchangeable with other ids at compile time. */
export type Id<Owner extends string> = string & { readonly [owner]: Owner };

export type InvalidId = { readonly kind: 'InvalidId'; readonly text: string };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Reads an id that came from outside. Upper case is accepted and lowered, so equal ids are equal strings. */
export function parseId<Owner extends string>(text: string): Result<Id<Owner>, InvalidId> {
  const lower = text.toLowerCase();
  return UUID.test(lower) ? ok(lower as Id<Owner>) : err({ kind: 'InvalidId', text });
}

/**
 * Makes ids.
 *
 * `next` never returns the same id twice, in any process; ids made later sort after ids made earlier
 * as far as the wall clock allows (UUID version 7, RFC 9562). It never fails and touches nothing outside the process.
 */
export abstract class Ids {
  abstract next<Owner extends string>(): Id<Owner>;
}
