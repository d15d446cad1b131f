import { migrate, openDatabase } from '#platform/database';
import { usualWorkerSettings, type WorkerSettings } from '#scheduling/application';
import type { JobRequest } from '#scheduling/contracts';
import { schedulingSchema } from '#scheduling/infrastructure';
import type { DataSource } from 'typeorm';
import { brokenInvariants, reclaimTimes, type Death } from '../checks/invariants.ts';
import type { Facts, Submission } from '../checks/facts.ts';
import type { PlantName } from '../plants/plant-names.ts';
import { databaseName, type ControlledServer } from '../server/controlled-server.ts';
import type { WireProxy } from '../server/wire-proxy.ts';
import { WORK, type WorkOrder } from '../worker/assignment.ts';
import { composeApi, type Api } from '../worker/composition-root.ts';
import { readFacts, unfinished } from './read-facts.ts';
import { hasty } from '../plants/hasty-transaction.ts';
import { tallySchema } from './tally-schema.ts';
import { until } from './until.ts';
import { WorkerProcess, type Told } from './worker-process.ts';

export type ArenaOptions = {
  readonly server: ControlledServer;
  readonly plant: PlantName | null;
  readonly settings: Partial<WorkerSettings>;
  readonly signal: AbortSignal;
  /** How many jobs may wait and run together. */
  readonly capacity?: number;
  /** Whether workers reach the database through networks of their own. */
  readonly throughProxies?: boolean;
};

const OWN_NAME = 'torture';

/** A database of its own with workers around it, and the history of what happens there, kept outside of it. */
export class Arena implements AsyncDisposable {
  readonly source: DataSource;
  readonly signal: AbortSignal;
  readonly submissions: Submission[] = [];
  readonly deaths: Death[] = [];
  readonly told: Told[] = [];
  /** Told of every report of every worker, as it comes. */
  onTold: (told: Told) => void = () => {};
  readonly #options: ArenaOptions;
  readonly #database: string;
  /** What an API of the product would do here. */
  readonly api: Api;
  /** The network of the campaign itself, where there is one. */
  readonly proxy: WireProxy | null;
  readonly #workers = new Map<WorkerProcess, WireProxy | null>();
  #count = 0;

  private constructor(options: ArenaOptions, database: string, source: DataSource, proxy: WireProxy | null) {
    this.#options = options;
    this.proxy = proxy;
    this.#database = database;
    this.source = source;
    this.signal = options.signal;
    this.api = composeApi(source, options.capacity === undefined ? {} : { capacity: options.capacity });
  }

  static async open(options: ArenaOptions): Promise<Arena> {
    const { server, signal } = options;
    const database = databaseName();
    const maintenance = await openDatabase({ url: server.url, schemas: [], poolSize: 1 });
    await maintenance.query(`CREATE DATABASE ${database}`).finally(() => maintenance.destroy());
    const proxy = options.throughProxies ? await server.through() : null;
    const url = proxy ? server.urlThrough(proxy, database) : urlOf(server, database);
    const source = await openDatabase({ url, schemas: [schedulingSchema, tallySchema], applicationName: OWN_NAME });
    await migrate(source, signal);
    return new Arena(options, database, source, proxy);
  }

  get server(): ControlledServer {
    return this.#options.server;
  }

  /** Those that still live. */
  get workers(): readonly WorkerProcess[] {
    return [...this.#workers.keys()].filter(({ isOver }) => !isOver);
  }

  proxyOf(worker: WorkerProcess): WireProxy {
    const proxy = this.#workers.get(worker);
    if (!proxy) throw new Error(`${worker.name} has no network of its own.`);
    return proxy;
  }

  /** Starts a worker; what it works with may differ from the others'. */
  async startWorker(settings: Partial<WorkerSettings> = {}): Promise<WorkerProcess> {
    const { server, plant, throughProxies = false } = this.#options;
    const name = `w${(this.#count += 1)}`;
    const proxy = throughProxies ? await server.through() : null;
    const url = proxy ? server.urlThrough(proxy, this.#database) : urlOf(server, this.#database);
    const worker = new WorkerProcess(
      { url, plant, settings: { ...usualWorkerSettings, ...this.#options.settings, ...settings, name } },
      (told) => {
        this.told.push(told);
        this.onTold(told);
      },
    );
    this.#workers.set(worker, proxy);
    await worker.ready;
    return worker;
  }

  async startWorkers(count: number, settings: Partial<WorkerSettings> = {}): Promise<readonly WorkerProcess[]> {
    return Promise.all(Array.from({ length: count }, () => this.startWorker(settings)));
  }

  /** Replaces those that are gone; one is waited for, the others come when they come. */
  async upToWorkers(count: number): Promise<void> {
    const missing = count - this.workers.length;
    if (missing > 0) await Promise.race(Array.from({ length: missing }, () => this.startWorker()));
  }

  /** Kills a worker as the end of its machine would, and notes when. */
  async kill(worker: WorkerProcess): Promise<void> {
    worker.signal('SIGKILL');
    this.deaths.push({ worker: worker.name, at: Date.now() });
    await worker.ended;
  }

  /** Submits a job in a transaction of its own, and keeps what it was told of it. */
  async submit(work: Omit<WorkOrder, 'seq'>, terms: Partial<JobRequest> = {}): Promise<Submission> {
    const seq = this.submissions.length + 1;
    const pending = { seq, outcome: 'unknown', jobId: null } as const;
    this.submissions.push(pending);
    const submission = await this.#submit({ ...work, seq }, terms).catch((): Submission => pending);
    this.submissions[seq - 1] = submission;
    return submission;
  }

  /** Submits under a key until it is answered; `others` counts the ids that answers gave besides the first one. */
  async submitInsistently(
    work: Omit<WorkOrder, 'seq'>,
    maxAttempts: number,
  ): Promise<{ readonly seq: number; readonly others: number }> {
    const seq = this.submissions.length + 1;
    this.submissions.push({ seq, outcome: 'unknown', jobId: null });
    const terms = { maxAttempts, idempotencyKey: `torture-${seq}` };
    const ids = new Set<string>();
    // Asked once more after it was answered: that answer may be lost to a caller too.
    for (let answers = 0; answers < 2;) {
      const submission = await this.#submit({ ...work, seq }, terms).catch(() => null);
      this.signal.throwIfAborted();
      if (submission === null) continue;
      answers += 1;
      this.submissions[seq - 1] = submission;
      if (submission.jobId !== null) ids.add(submission.jobId);
    }
    return { seq, others: ids.size - 1 };
  }

  async submitMany(count: number, work: () => Omit<WorkOrder, 'seq'>, terms: Partial<JobRequest> = {}): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.submit(work(), terms)));
  }

  /** Jobs that are not at their end, by state. */
  async unfinished(): Promise<Readonly<Record<string, number>>> {
    return unfinished(this.source);
  }

  /** Waits until every job has ended, for so long at most: what is left then is stuck. */
  async drain(withinMs: number): Promise<boolean> {
    return until(withinMs, this.signal, async () => Object.keys(await this.unfinished()).length === 0);
  }

  async facts(): Promise<Facts> {
    return { submissions: this.submissions, ...(await readFacts(this.source)) };
  }

  /** What the history breaks, and how long orphans waited. */
  async verdict(): Promise<{ violations: readonly string[]; reclaims: readonly number[]; facts: Facts }> {
    const facts = await this.facts();
    return { violations: brokenInvariants(facts), reclaims: reclaimTimes(facts, this.deaths), facts };
  }

  /** How often workers told this, as a report or as an event of their journal. */
  count(kind: string): number {
    return this.told.filter((told) => told.kind === kind || (told.kind === 'event' && told.event === kind)).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const worker of this.workers) await worker[Symbol.asyncDispose]();
    await this.source.destroy().catch(() => {});
  }

  async #submit(work: WorkOrder, terms: Partial<JobRequest>): Promise<Submission> {
    const request = { ...terms, type: WORK, payload: work };
    const limit = AbortSignal.any([this.signal, AbortSignal.timeout(SUBMIT_MS)]);
    const transaction = this.#options.plant === 'acknowledge-before-commit' ? hasty(this.api.jobs) : this.api.jobs;
    const submitted = await transaction.run((jobs) => jobs.submit(request), limit);
    return submitted.ok
      ? { seq: work.seq, outcome: 'ok', jobId: submitted.value }
      : { seq: work.seq, outcome: 'refused', jobId: null };
  }
}

const SUBMIT_MS = 10_000;

function urlOf(server: ControlledServer, database: string): string {
  return Object.assign(new URL(server.url), { pathname: `/${database}` }).href;
}
