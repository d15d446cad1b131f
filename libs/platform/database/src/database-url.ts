import { err, ok, type Result } from '#kernel';

export type InvalidDatabaseUrl = { readonly kind: 'InvalidDatabaseUrl'; readonly problem: string };

/** Reads a `DATABASE_URL`. What is wrong is said without repeating the text, which may hold a password. */
export function parseDatabaseUrl(text: string): Result<URL, InvalidDatabaseUrl> {
  const invalid = (problem: string) => err({ kind: 'InvalidDatabaseUrl', problem } as const);
  if (!URL.canParse(text)) {
    return invalid(
      'It is not a URL such as postgresql://user:password@host:5432/database; encode special characters in the password.',
    );
  }
  const url = new URL(text);
  if (url.protocol !== 'postgresql:' && url.protocol !== 'postgres:') {
    return invalid(`It must begin with postgresql:// and not with ${url.protocol}//.`);
  }
  if (url.hostname === '') return invalid('It names no host.');
  if (url.pathname.length < 2) return invalid('It names no database: add one after the host, such as /lockstep.');
  return ok(url);
}
