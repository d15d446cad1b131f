import { callSite, inTest, isOn, openCall, outsideTests, runningTest, type RunningTest } from '#testing/runtime';
import { trackActivity, type Blocked } from '#testing/time';
import type { Socket } from 'node:net';
import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { DatabaseCalledLate } from './database-called-late.ts';
import type { Holder } from './holder.ts';
import { lockWaits } from './lock-waits.ts';
import type { Query } from './on-queries.ts';
import { SecondConnectionNeeded, whenStandingStill } from './second-connection.ts';
import type { ServerSessions } from './server-sessions.ts';
import { Session } from './session.ts';

type Connected = (
  error: Error | undefined,
  client: PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;
type Connect = (callback: Connected) => void;

/** From the opening of a pool to its end, or to that of the process that uses it. */
type Life = {
  isOver: boolean;
  readonly waits: Set<Disposable>;
  /** Whether whoever asks now is given a connection without anybody giving one back. */
  readonly hasRoom: () => boolean;
};

export type PoolWatchOptions = {
  /** Of the server on which the pool's sessions are. */
  readonly server: ServerSessions;
  /** Whether the pool has one connection, so that waiting for another one can be a deadlock. */
  readonly onlyOne?: boolean;
  readonly query?: Query | undefined;
};

/** Stands between tests and the pool of their database: knows who holds a connection, and lets nobody in too late. */
export class PoolWatch {
  readonly #server: ServerSessions;
  readonly #sessions = new Map<PoolClient, Session>();
  readonly #over = new WeakSet<RunningTest>();
  readonly #users = new Set<RunningTest>();
  /** Of all connections that were ever taken, so that a virtual clock does not judge them by itself. */
  readonly #sockets = new WeakSet<Socket>();
  readonly #onlyOne: boolean;
  readonly #query: Query | undefined;
  #activity: Disposable | undefined;
  /** Whom a connection is being opened for. */
  readonly #opening = new Map<Disposable, string>();
  #life: Life = { isOver: false, waits: new Set(), hasRoom: () => false };

  constructor({ server, onlyOne = false, query }: PoolWatchOptions) {
    this.#server = server;
    this.#onlyOne = onlyOne;
    this.#query = query;
  }

  get holders(): readonly Holder[] {
    return [...this.#sessions.values()].flatMap(({ holder }) => holder ?? []);
  }

  /** From now on the test is refused, though its clean-ups may still be running. */
  endTurn(test: RunningTest | undefined): void {
    this.#users.clear();
    if (test !== undefined) this.#over.add(test);
  }

  /** Who has used the pool since a turn ended the last time. */
  get users(): readonly RunningTest[] {
    return [...this.#users];
  }

  /** To be called again after the source was closed and opened, because it has another pool then. */
  watch(source: DataSource): void {
    this.#activity ??= trackActivity({
      lines: () => [...this.#underWay().map(({ line }) => line), ...this.#opening.values()],
      owns: (socket) => this.#sockets.has(socket),
      blocked: () => this.#blocked(),
    });
    const pool = poolOf(source);
    const hasRoom = (): boolean => pool.idleCount + pool.options.max - pool.totalCount > pool.waitingCount;
    const life = (this.#life = { isOver: false, waits: new Set(), hasRoom });
    const connect = pool.connect.bind(pool) as unknown as Connect;
    const watched = (callback?: Connected): Promise<PoolClient> | void =>
      callback
        ? this.#connect(connect, callback, life)
        : new Promise((resolve, reject) => {
            const answer: Connected = (error, client) =>
              client ? resolve(client) : reject(error ?? new Error('No connection.'));
            this.#connect(connect, answer, life);
          });
    pool.connect = watched as Pool['connect'];
  }

  /**
   * The process dies that uses the pool: nobody is answered any more who has asked for a connection or a statement. What
   * comes next is another pool, to be watched. Answers the server's names of the sessions, which it may still have.
   */
  die(): readonly number[] {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    this.#life.isOver = true;
    this.#opening.clear();
    for (const wait of this.#life.waits) wait[Symbol.dispose]();
    for (const session of sessions) session.die();
    return sessions.map(({ pid }) => pid);
  }

  /** To be called when the source is closed for good. */
  end(): void {
    this.#activity?.[Symbol.dispose]();
  }

  #underWay(): readonly Session[] {
    return [...this.#sessions.values()].filter(({ isAnswered }) => !isAnswered);
  }

  async #blocked(): Promise<readonly Blocked[]> {
    const sessions = [...this.#sessions.values()];
    if (sessions.length < 2 || this.#underWay().length === 0) return [];
    const moves = new Map(sessions.map((session) => [session, session.moves]));
    const seen = await this.#server.see(sessions.map(({ pid }) => pid));
    const unmoved = sessions.filter((session) => session.moves === moves.get(session));
    return lockWaits(unmoved, seen);
  }

  #connect(connect: Connect, callback: Connected, life: Life): void {
    if (life.isOver) return;
    const test = runningTest();
    if (test !== undefined) {
      if (this.#isLate(test) && isOn('late-calls')) return this.#refuse(test, callback);
      this.#users.add(test);
    }
    const site = callSite();
    const waiting = openCall({ what: 'a connection to the test database', site, test });
    life.waits.add(waiting);
    // Where the pool is full it waits for another one of this process, who may never give one back.
    if (life.hasRoom()) this.#opening.set(waiting, `a connection is opened for ${site}`);
    let answered = false;
    const answer: Connected = (...result) => {
      answered = true;
      life.waits.delete(waiting);
      this.#opening.delete(waiting);
      waiting[Symbol.dispose]();
      if (test === undefined) callback(...result);
      else inTest(test, () => callback(...result));
    };
    const patience = this.#onlyOne
      ? whenStandingStill(
          () => this.holders[0],
          (holder) => answer(new SecondConnectionNeeded(holder, site), undefined, () => {}),
        )
      : undefined;
    // The connection belongs to the pool, whichever test it is made for.
    outsideTests(() =>
      connect((error, client, release) => {
        patience?.[Symbol.dispose]();
        if (answered || life.isOver) return client?.release();
        if (!client) return answer(error, client, release);
        answer(undefined, client, this.#sessionOf(client).take({ test, site }, this.#query));
      }),
    );
  }

  /** What a hook has opened, such as a server, asks in its name long after it. */
  #isLate(test: RunningTest): boolean {
    return this.#over.has(test) || (test.isOver && !test.isHook);
  }

  #refuse(test: RunningTest, callback: Connected): void {
    const error = new DatabaseCalledLate(test);
    test.fail(error); // also where the caller makes light of what its queries answer
    process.nextTick(callback, error, undefined, () => {});
  }

  #sessionOf(client: PoolClient): Session {
    const known = this.#sessions.get(client);
    if (known !== undefined) return known;
    const session = new Session(client);
    this.#sessions.set(client, session);
    this.#sockets.add(session.socket);
    client.once('end', () => this.#sessions.delete(client));
    return session;
  }
}

export function poolOf(source: DataSource): Pool {
  return (source.driver as PostgresDriver).master as Pool;
}
