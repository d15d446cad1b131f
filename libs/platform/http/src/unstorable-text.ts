import type { FastifyInstance } from 'fastify';
import { Refused } from './refused.ts';

/**
 * Refuses requests with a text that no store keeps as it is: PostgreSQL has no NUL, and half of a surrogate pair
 * becomes another character in UTF-8. Here once, because every text of every route would have to remember it.
 */
export function refuseUnstorableText(server: FastifyInstance): void {
  server.addHook('preValidation', async ({ params, query, body }) => {
    if (![params, query, body].every(isStorable)) {
      const detail = 'A text contains NUL or half of a surrogate pair. Send text that is valid Unicode without NUL.';
      throw new Refused({ status: 400, code: 'malformed-text', detail });
    }
  });
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, item]) => isStorable(key) && isStorable(item));
}
