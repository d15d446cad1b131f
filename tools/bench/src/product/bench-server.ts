import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres, openDatabase } from '#platform/database';

/** A PostgreSQL server of the benchmark's own that keeps what is committed over a crash, as one in production does. */
export class BenchServer implements AsyncDisposable {
  readonly #postgres: EmbeddedPostgres;
  readonly #folder: string;
  #databases = 0;

  private constructor(postgres: EmbeddedPostgres, folder: string) {
    this.#postgres = postgres;
    this.#folder = folder;
  }

  static async start(signal: AbortSignal): Promise<BenchServer> {
    const folder = await mkdtemp(join(tmpdir(), 'lockstep-bench-'));
    // The server may run as another user, who has to get through.
    await chmod(folder, 0o711);
    try {
      return new BenchServer(
        await EmbeddedPostgres.start({ directory: folder, durability: 'durable', signal }),
        folder,
      );
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The URL of a new, empty database. */
  async newDatabase(): Promise<string> {
    const name = `bench_${(this.#databases += 1)}`;
    const maintenance = await openDatabase({ url: this.#postgres.url, schemas: [], poolSize: 1 });
    await maintenance.query(`CREATE DATABASE ${name}`).finally(() => maintenance.destroy());
    return Object.assign(new URL(this.#postgres.url), { pathname: `/${name}` }).href;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#postgres.stop();
    for (const place of [this.#folder, this.#postgres.directory]) await rm(place, { recursive: true, force: true });
  }
}
