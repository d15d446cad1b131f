import { migrate, openDatabase, type DatabaseSchema } from '#platform/database';
import { admin, urlOf } from './admin.ts';
import { ownName } from './owned-name.ts';
import { testServer } from './test-server.ts';

/** Migrations take their time once per set of schemas; after that a database is a copy of files. */
export class Template {
  readonly schemas: readonly DatabaseSchema[];
  readonly #server: string;
  readonly #name: string;
  #clones = 0;

  private constructor(schemas: readonly DatabaseSchema[], server: string, name: string) {
    this.schemas = schemas;
    this.#server = server;
    this.#name = name;
  }

  static async make(schemas: readonly DatabaseSchema[], number: number): Promise<Template> {
    const { url } = await testServer();
    const name = `${await ownName()}_t${number}`;
    await admin(url, `CREATE DATABASE "${name}"`);
    const source = await openDatabase({ url: urlOf(url, name), schemas });
    try {
      await migrate(source, AbortSignal.timeout(60_000));
    } finally {
      await source.destroy(); // nobody can be connected to what is to be copied
    }
    return new Template(schemas, url, name);
  }

  async clone(): Promise<string> {
    this.#clones += 1;
    const name = `${this.#name}_${this.#clones}`;
    await admin(this.#server, `CREATE DATABASE "${name}" TEMPLATE "${this.#name}" STRATEGY file_copy`);
    return urlOf(this.#server, name);
  }

  async drop(url = urlOf(this.#server, this.#name)): Promise<void> {
    await admin(this.#server, `DROP DATABASE IF EXISTS "${new URL(url).pathname.slice(1)}" WITH (FORCE)`);
  }
}
