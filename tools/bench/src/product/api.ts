import { migrate, openDatabase } from '#platform/database';
import type { DataSource } from 'typeorm';
import { appProgram, DataFolder, MASTER_KEY, TOKEN } from './app-program.ts';
import type { BenchServer } from './bench-server.ts';
import { composeSite, siteSchemas, type Site } from './composition-root.ts';
import type { Program, Told } from './program.ts';

const FILL_MS = 120_000;

export type Answer = { readonly status: number; readonly text: string; readonly milliseconds: number };

/** The API as production runs it, over a new database that the benchmark fills behind its back. */
export class Api implements AsyncDisposable {
  readonly source: DataSource;
  readonly site: Site;
  readonly #program: Program;
  readonly #url: string;
  readonly #open: AsyncDisposableStack;
  readonly #signal: AbortSignal;

  private constructor(
    parts: { readonly source: DataSource; readonly site: Site; readonly program: Program; readonly url: string },
    open: AsyncDisposableStack,
    signal: AbortSignal,
  ) {
    this.source = parts.source;
    this.site = parts.site;
    this.#program = parts.program;
    this.#url = parts.url;
    this.#open = open;
    this.#signal = signal;
  }

  static async start(server: BenchServer, signal: AbortSignal): Promise<Api> {
    await using open = new AsyncDisposableStack();
    const folder = open.use(await DataFolder.make());
    const database = await server.newDatabase();
    const source = await openDatabase({ url: database, schemas: siteSchemas, statementTimeoutMs: FILL_MS });
    open.defer(() => source.destroy());
    await migrate(source, signal);
    const program = open.use(appProgram('api', { url: database, folder }, signal));
    const { url } = await program.next(isListening);
    const site = composeSite(source, { storeDirectory: folder.store, masterKey: MASTER_KEY });
    return new Api({ source, site, program, url }, open.move(), signal);
  }

  /** What a caller gets, and after which time: to the last byte of the answer. */
  async get(path: string): Promise<Answer> {
    const began = performance.now();
    const response = await fetch(new URL(path, this.#url), {
      headers: { authorization: `Bearer ${TOKEN}` },
      signal: this.#signal,
    });
    const text = await response.text();
    return { status: response.status, text, milliseconds: performance.now() - began };
  }

  /** As `get`, of an answer that has to be a good one. */
  async getWell(path: string): Promise<Answer> {
    const answer = await this.get(path);
    if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}: ${answer.text}`);
    return answer;
  }

  /** The most memory that the API has held so far, in MB. */
  async peakMb(): Promise<number> {
    return (await this.#program.costs()).peakMb;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open.disposeAsync();
  }
}

type Listening = Told & { readonly url: string };

function isListening(told: Told): told is Listening {
  return (told as { readonly type?: string }).type === 'listening';
}
