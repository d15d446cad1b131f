import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { Clock } from '#kernel';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

const LEASE_MS = 10_000;

type Result = { readonly worker: string; readonly fence: number };

abstract class Leases {
  /** A number that grows with every lease of the job; undefined while somebody else has it. */
  abstract take(job: string): Promise<number | undefined>;
}

abstract class Results {
  abstract write(result: Result): Promise<void>;
  /** Refuses what comes under an older lease than what is there. */
  abstract writeFenced(result: Result): Promise<void>;
}

class InMemoryLeases implements Leases, Results {
  readonly #clock: Clock;
  #expires = 0;
  fence = 0;
  result: Result | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async take(): Promise<number | undefined> {
    const now = this.#clock.now().getTime();
    if (now < this.#expires) return undefined;
    this.#expires = now + LEASE_MS;
    return (this.fence += 1);
  }

  async write(result: Result): Promise<void> {
    this.result = result;
  }

  async writeFenced(result: Result): Promise<void> {
    if (result.fence < (this.result?.fence ?? 0)) throw new Error('The lease has passed to somebody else.');
    this.result = result;
  }
}

class RunJob {
  readonly #leases: Leases;
  protected readonly results: Results;
  readonly #clock: Clock;

  constructor(leases: Leases, results: Results, clock: Clock) {
    this.#leases = leases;
    this.results = results;
    this.#clock = clock;
  }

  async execute(worker: string, signal: AbortSignal): Promise<void> {
    const fence = (await this.#leases.take('backup')) ?? (await this.#later(signal));
    if (fence !== undefined) await this.save({ worker, fence });
  }

  async #later(signal: AbortSignal): Promise<number | undefined> {
    await this.#clock.sleep(LEASE_MS, signal);
    return await this.#leases.take('backup');
  }

  protected async save(result: Result): Promise<void> {
    await this.results.write(result);
  }
}

class RunJobFenced extends RunJob {
  protected override async save(result: Result): Promise<void> {
    await this.results.writeFenced(result);
  }
}

function scenario(UseCase: typeof RunJob): RaceScenario {
  return raceScenario({
    world: (clock) => new InMemoryLeases(clock),
    modules: (leases, clock) => [
      new ContainerModule(({ bind }) => {
        bind(Clock).toConstantValue(clock);
        bind(Leases).toConstantValue(leases);
        bind(Results).toConstantValue(leases);
        bind(UseCase).toResolvedValue(
          (leases, results, clock) => new UseCase(leases, results, clock),
          [Leases, Results, Clock],
        );
      }),
    ],
    actors: async (get) => {
      const run = await get(UseCase);
      return {
        east: ({ signal }) => run.execute('east', signal),
        west: ({ signal }) => run.execute('west', signal),
      };
    },
    check: ({ result, fence }) => expect(result?.fence).to.equal(fence),
  });
}

export const staleLease: Program = {
  name: 'stale lease write',
  fault: 'a worker writes its result when its lease has long passed to another, who has written',
  found: 'orders',
  needsTime: true,
  faulty: scenario(RunJob),
  correct: scenario(RunJobFenced),
};
