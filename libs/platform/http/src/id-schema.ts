import type { Id } from '#kernel';
import { z } from 'zod';

/** An id as a request brings it: upper case is accepted, and lowered so that equal ids are equal texts. */
export function idSchema<Owner extends string>() {
  return z.uuid().transform((text) => text.toLowerCase() as Id<Owner>);
}
