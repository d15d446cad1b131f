import type { Clock } from '#kernel';
import { ServiceProcess, type Service } from './service-process.ts';

/** Restarts of one service before its owner gives up: a service that keeps dying needs a person. */
const RESTARTS = 5;
const PAUSE_MS = 500;

export type ServicesOptions = {
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly say: (line: string) => void;
};

/** The API and the worker, kept running: one that dies is started again, five times at most. */
export class Services implements AsyncDisposable {
  /** Where the API listens. */
  readonly url: string;
  /** Resolves, with the reason, when a service could not be kept running. */
  readonly givenUp: Promise<string>;
  readonly #options: ServicesOptions;
  readonly #running = new Map<Service, ServiceProcess>();
  readonly #asked = new Set<ServiceProcess>();
  readonly #keeping: Promise<unknown>;
  readonly #giveUp: (reason: string) => void;
  #stopping = false;

  private constructor(options: ServicesOptions, api: ServiceProcess, worker: ServiceProcess) {
    this.#options = options;
    this.url = String(api.ready['url']);
    const { promise, resolve } = Promise.withResolvers<string>();
    this.givenUp = promise;
    this.#giveUp = resolve;
    this.#keeping = Promise.all([this.#keep(api, RESTARTS), this.#keep(worker, RESTARTS)]);
  }

  /** The API comes first: it brings the database up to date, which the worker relies on. */
  static async start(options: ServicesOptions): Promise<Services> {
    const api = await ServiceProcess.start({ ...options, service: 'api' });
    try {
      return new Services(options, api, await ServiceProcess.start({ ...options, service: 'worker' }));
    } catch (error) {
      await api.stop();
      throw error;
    }
  }

  /** Ends both now and starts them again, as after a change of the code. */
  async restart(): Promise<void> {
    await Promise.all(
      [...this.#running.values()].map((process) => {
        this.#asked.add(process);
        return process.stop();
      }),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    // Jobs in flight are finished while the API still answers.
    await this.#running.get('worker')?.stop();
    await this.#running.get('api')?.stop();
    await this.#keeping;
  }

  async #keep(process: ServiceProcess, restartsLeft: number): Promise<void> {
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
    if (this.#stopping) return;
    const env =
      process.service === 'api'
        ? { ...this.#options.env, LOCKSTEP_HTTP_PORT: new URL(this.url).port }
        : this.#options.env;
    await ServiceProcess.start({ ...this.#options, env, service: process.service }).then(
      // Whoever stopped the services in the meantime has not seen this one.
      (next) => (this.#stopping ? next.stop() : this.#keep(next, wasAsked ? RESTARTS : restartsLeft - 1)),
      (error: unknown) => this.#giveUp(String(error)),
    );
  }
}
