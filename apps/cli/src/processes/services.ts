import type { Clock } from '#kernel';
import { ServiceProcess, type Service, type ServiceOptions } from './service-process.ts';

/** Restarts of one service before its owner gives up: a service that keeps dying needs a person. */
const RESTARTS = 5;
const PAUSE_MS = 500;

export type RunningService = Pick<ServiceProcess, 'service' | 'ready' | 'ended' | 'stop'>;

export type ServicesOptions = {
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly say: (line: string) => void;
  /** Resolves when the service is ready, rejects when it ended before. A process of its own when not given. */
  readonly launch?: (options: ServiceOptions) => Promise<RunningService>;
};

/**
 * The API and the worker, kept running: one that dies is started again, five times at most. One that does not come up
 * after `restart` waits for the next `restart`: it was the change that was not good.
 */
export class Services implements AsyncDisposable {
  /** Where the API listens. */
  readonly url: string;
  /** Resolves, with the reason, when a service could not be kept running. */
  readonly givenUp: Promise<string>;
  readonly #options: Required<ServicesOptions>;
  readonly #running = new Map<Service, RunningService>();
  readonly #asked = new Set<RunningService>();
  #restarts = 0;
  #nextRestart = Promise.withResolvers<void>();
  readonly #keeping: Promise<unknown>;
  readonly #giveUp: (reason: string) => void;
  #stopping = false;

  private constructor(options: Required<ServicesOptions>, api: RunningService, worker: RunningService) {
    this.#options = options;
    this.url = String(api.ready['url']);
    const { promise, resolve } = Promise.withResolvers<string>();
    this.givenUp = promise;
    this.#giveUp = resolve;
    this.#keeping = Promise.all([this.#keep(api, RESTARTS), this.#keep(worker, RESTARTS)]);
  }

  /** The API comes first: it brings the database up to date, which the worker relies on. */
  static async start(options: ServicesOptions): Promise<Services> {
    const { launch = (one) => ServiceProcess.start(one) } = options;
    const api = await launch({ ...options, service: 'api' });
    try {
      return new Services({ ...options, launch }, api, await launch({ ...options, service: 'worker' }));
    } catch (error) {
      await api.stop();
      throw error;
    }
  }

  /** Ends both now and starts them again, as after a change of the code. */
  async restart(): Promise<void> {
    this.#asksAgain();
    await Promise.all(
      [...this.#running.values()].map((process) => {
        this.#asked.add(process);
        return process.stop();
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    this.#asksAgain();
    // Jobs in flight are finished while the API still answers.
    await this.#running.get('worker')?.stop();
    await this.#running.get('api')?.stop();
    await this.#keeping;
  }

  async #keep(process: RunningService, restartsLeft: number): Promise<void> {
    this.#running.set(process.service, process);
    const how = await process.ended;
    if (this.#stopping) return;
    const { clock, say } = this.#options;
    const wasAsked = this.#asked.delete(process);
    if (!wasAsked && restartsLeft === 0) {
      return this.#giveUp(`The ${process.service} ended ${RESTARTS + 1} times, at last with ${how}.`);
    }
    if (!wasAsked) say(`The ${process.service} ended (${how}) and is started again.`);
    await clock.sleep(PAUSE_MS);
    const next = await this.#startAgain(process.service, wasAsked);
    if (next !== null) await this.#keep(next, wasAsked ? RESTARTS : restartsLeft - 1);
  }

  /** Null when the services are stopped, or given up. */
  async #startAgain(service: Service, wasAsked: boolean): Promise<RunningService | null> {
    const { say, launch } = this.#options;
    while (!this.#stopping) {
      const [restarts, nextRestart] = [this.#restarts, this.#nextRestart.promise];
      try {
        const next = await launch({ ...this.#options, env: this.#envOf(service), service });
        // Whoever stopped or changed the services in the meantime has not seen this one.
        if (this.#restarts === restarts) return next;
        await next.stop();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (!wasAsked) this.#giveUp(reason);
        if (!wasAsked || this.#stopping) return null;
        say(`${reason} It is tried again after the next change.`);
        await nextRestart;
      }
    }
    return null;
  }

  #envOf(service: Service): NodeJS.ProcessEnv {
    const { env } = this.#options;
    return service === 'api' ? { ...env, LOCKSTEP_HTTP_PORT: new URL(this.url).port } : env;
  }

  #asksAgain(): void {
    this.#restarts += 1;
    this.#nextRestart.resolve();
    this.#nextRestart = Promise.withResolvers<void>();
  }
}
