import type { DataSource } from 'typeorm';
import { CommitFaults } from './commit-faults.ts';
import { crashPool } from './crash-pool.ts';
import { heldConnections } from './held-connections.ts';
import { mayKeep, noteKept } from './keeping.ts';
import type { Ending, Turn } from './ladder.ts';
import { PoolWatch } from './pool-watch.ts';
import type { Template } from './template.ts';

/** A database of one test's own. It goes when the test ends, or sooner when it is disposed. */
export class ClonedDatabase implements AsyncDisposable {
  readonly url: string;
  readonly source: DataSource;
  readonly watch: PoolWatch;
  readonly commits: CommitFaults;
  readonly #template: Template;
  readonly #drop: (clone: ClonedDatabase) => Promise<void>;
  #ended = false;

  /** @param drop gets rid of the database when it is no longer needed */
  constructor(template: Template, url: string, source: DataSource, drop: (clone: ClonedDatabase) => Promise<void>) {
    this.#template = template;
    this.#drop = drop;
    this.url = url;
    this.source = source;
    this.commits = new CommitFaults(template.sessions);
    this.watch = new PoolWatch({ server: template.sessions, query: this.commits.query });
    this.watch.watch(source);
  }

  async crash(): Promise<void> {
    await crashPool({ source: this.source, watch: this.watch, server: this.#template.sessions });
  }

  async end(turn: Turn): Promise<Ending> {
    if (this.#ended) return { findings: [] };
    this.#ended = true;
    const findings = this.source.isInitialized
      ? [
          ...(await this.#template.workIn(this.url)).map(({ state, query }) => `${state}: ${query}`),
          ...(await heldConnections(this.source, this.watch)),
        ]
      : [];
    this.watch.end();
    if (!turn.failed || !mayKeep()) {
      await this.#drop(this);
      return { findings };
    }
    if (this.source.isInitialized) await this.source.destroy();
    await this.#template.endSessionsIn(this.url);
    return { findings, kept: noteKept({ test: turn.test, how: await this.#template.keep(this.url, turn.test) }) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end({ failed: false, test: '' });
  }
}
