import { isConnectionLost } from './sql-state.ts';

/** There is no working with the database that the URL names. The message says what to do, and repeats no password. */
export class DatabaseUnusable extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'DatabaseUnusable';
  }
}

/** What hinders a connection from being opened, as far as whoever set the URL can do something about it. */
export function whyUnusable(error: unknown, url: URL): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [server, user, name] = [url.host, url.username, url.pathname.slice(1)].map(decoded);
  if (code.startsWith('28')) {
    const message = `The database server at ${server} refuses the user "${user}": check the user and the password of DATABASE_URL.`;
    return new DatabaseUnusable(message, error);
  }
  if (code === '3D000') {
    const message = `The database server at ${server} has no database "${name}": create it, or correct DATABASE_URL.`;
    return new DatabaseUnusable(message, error);
  }
  if (isConnectionLost(error)) {
    const reason = code || (error instanceof Error ? error.message : String(error));
    const message = `No database server answers at ${server} (${reason}): start it, or correct DATABASE_URL.`;
    return new DatabaseUnusable(message, error);
  }
  return error;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
