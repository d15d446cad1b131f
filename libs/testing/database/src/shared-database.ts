import type { PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { AsSavepoints } from './as-savepoints.ts';
import { CommitFaults } from './commit-faults.ts';
import { forgetSessions } from './connections.ts';
import { crashPool } from './crash-pool.ts';
import { heldConnections } from './held-connections.ts';
import { mayKeep, noteKept } from './keeping.ts';
import type { Ending, Rung, Turn } from './ladder.ts';
import { poolOf, PoolWatch } from './pool-watch.ts';
import { Reset } from './reset.ts';
import type { Template } from './template.ts';

/** The database that the tests of one process share, one after the other, for one set of schemas and one rung. */
export class SharedDatabase {
  readonly url: string;
  /** The same object as long as the process lives, also after the pool behind it was replaced. */
  readonly source: DataSource;
  readonly watch: PoolWatch;
  /** None is met on the rung `rollback`, where nothing is committed. */
  readonly commits: CommitFaults;
  readonly #template: Template;
  readonly #savepoints: AsSavepoints | undefined;
  /** The connection of the test's transaction. */
  #client: PoolClient | undefined;
  #reset: Reset;

  private constructor(template: Template, source: DataSource, reset: Reset, rung: Rung) {
    this.#template = template;
    this.#reset = reset;
    this.#savepoints = rung === 'rollback' ? new AsSavepoints() : undefined;
    this.url = reset.url;
    this.source = source;
    this.commits = new CommitFaults(template.sessions);
    this.watch = new PoolWatch({
      server: template.sessions,
      onlyOne: rung !== 'reset',
      query: (this.#savepoints ?? this.commits).query,
    });
    this.watch.watch(source);
  }

  static async open(template: Template, rung: Exclude<Rung, 'clone'>): Promise<SharedDatabase> {
    const { url, source } = await template.openNew(rung === 'reset' ? undefined : 1);
    return new SharedDatabase(template, source, await Reset.of(url), rung);
  }

  async begin(): Promise<void> {
    if (!this.#savepoints) return;
    this.#client ??= await this.#onlyConnection();
    await this.#savepoints.begin(this.#client);
  }

  /** Ends a turn: the next one begins with the tables as the migrations left them. */
  async end(turn: Turn): Promise<Ending> {
    this.commits.forget();
    if (turn.failed && mayKeep()) return this.#putAside(turn);
    const findings = this.#client ? await this.#undo(this.#client) : await this.#empty();
    if (findings.length > 0) await this.#reopen(() => this.#reset.endEverySession());
    return { findings };
  }

  /** Only on the rung `reset`: nothing of a test is bound to one connection there. */
  async crash(): Promise<void> {
    await crashPool({ source: this.source, watch: this.watch, server: this.#template.sessions });
  }

  /** Ends its connections when the last test has ended. */
  async close(): Promise<void> {
    this.watch.end();
    if (this.source.isInitialized) await this.source.destroy();
    await this.#reset.end();
  }

  async #undo(client: PoolClient): Promise<readonly string[]> {
    const held = await heldConnections(this.source, this.watch);
    if (held.length > 0) return held; // undone when the source is closed
    const open = this.#savepoints?.inTransaction
      ? ['a transaction that was begun and neither committed nor rolled back']
      : [];
    if (await this.#savepoints?.undo(client)) return open;
    await this.#reset.run();
    return [
      ...open,
      'a COMMIT or ROLLBACK behind other statements of one text: it has ended the transaction around the test',
    ];
  }

  async #empty(): Promise<readonly string[]> {
    const leftovers = (await this.#reset.run()).map(({ state, query }) => `${state}: ${query}`);
    const held = await heldConnections(this.source, this.watch);
    if (held.length === 0 && leftovers.length === 0) await forgetSessions(poolOf(this.source));
    return [...leftovers, ...held];
  }

  /** A database of this name is there again afterwards: whoever knows its URL goes on with the new one. */
  async #putAside(turn: Turn): Promise<Ending> {
    const findings = [
      ...(await heldConnections(this.source, this.watch)),
      ...(this.#client ? [] : (await this.#template.workIn(this.url)).map(({ state, query }) => `${state}: ${query}`)),
    ];
    if (this.#client && findings.length === 0) await this.#savepoints?.commit(this.#client);
    let kept: string | undefined;
    await this.#reopen(async () => {
      await this.#reset.end();
      if (findings.length > 0) await this.#template.endSessionsIn(this.url);
      if (await this.#template.isLeft(this.url)) {
        kept = noteKept({ test: turn.test, how: await this.#template.keep(this.url, turn.test) });
        await this.#template.clone(this.url);
      }
      this.#reset = await Reset.of(this.url);
      if (kept === undefined) await this.#reset.run(); // somebody who outlives the test is connected
    });
    return { findings, kept };
  }

  /** A pool may take a moment to notice that a session of its was ended: the next test gets a new one. */
  async #reopen(meanwhile: () => Promise<void>): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
    this.#client = undefined;
    await meanwhile();
    await this.source.initialize();
    this.watch.watch(this.source);
  }

  /** The pool must never close the connection by itself, or it would end the transaction of the test. */
  async #onlyConnection(): Promise<PoolClient> {
    const pool = poolOf(this.source);
    pool.options.idleTimeoutMillis = 0;
    const client = await pool.connect();
    client.release();
    return client;
  }
}
