/** This machine cannot run the PostgreSQL that npm installs. The message says why, and what to use instead. */
export class EmbeddedPostgresUnavailable extends Error {
  constructor(why: string) {
    super(`${why} Set DATABASE_URL to a PostgreSQL server (15 or newer) instead.`);
    this.name = 'EmbeddedPostgresUnavailable';
  }
}

/** A data folder that must not be used as it is. Nothing in it was changed; the message says what to do. */
export class DataFolderRefused extends Error {
  readonly folder: string;

  constructor(folder: string, why: string) {
    super(`The database folder ${folder} ${why}`);
    this.name = 'DataFolderRefused';
    this.folder = folder;
  }
}

/** PostgreSQL did not come up. The message ends with the last lines it wrote. */
export class EmbeddedPostgresFailed extends Error {
  constructor(what: string, lastWords = '', cause?: unknown) {
    super(lastWords === '' ? what : `${what} It wrote last:\n${lastWords}`, { cause });
    this.name = 'EmbeddedPostgresFailed';
  }
}
