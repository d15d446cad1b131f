import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

type Job = { readonly id: string; readonly worker: string | null };

abstract class Jobs {
  abstract nextQueued(): Promise<Job | undefined>;
  abstract assign(id: string, worker: string): Promise<void>;
  /** Assigns the job if nobody else has it by then, and answers whether that was so. */
  abstract assignIfQueued(id: string, worker: string): Promise<boolean>;
}

class InMemoryJobs implements Jobs {
  readonly #jobs = new Map<string, Job>([['backup', { id: 'backup', worker: null }]]);

  async nextQueued(): Promise<Job | undefined> {
    return [...this.#jobs.values()].find(({ worker }) => worker === null);
  }

  async assign(id: string, worker: string): Promise<void> {
    this.#jobs.set(id, { id, worker });
  }

  async assignIfQueued(id: string, worker: string): Promise<boolean> {
    if (this.#jobs.get(id)?.worker !== null) return false;
    this.#jobs.set(id, { id, worker });
    return true;
  }
}

class ClaimJob {
  protected readonly jobs: Jobs;

  constructor(jobs: Jobs) {
    this.jobs = jobs;
  }

  async execute(worker: string): Promise<string | undefined> {
    const job = await this.jobs.nextQueued();
    if (job === undefined) return undefined;
    await this.jobs.assign(job.id, worker);
    return job.id;
  }
}

class ClaimQueuedJob extends ClaimJob {
  override async execute(worker: string): Promise<string | undefined> {
    for (;;) {
      const job = await this.jobs.nextQueued();
      if (job === undefined) return undefined;
      if (await this.jobs.assignIfQueued(job.id, worker)) return job.id;
    }
  }
}

function scenario(UseCase: typeof ClaimJob): RaceScenario {
  return raceScenario({
    world: () => new InMemoryJobs(),
    modules: (jobs) => [
      new ContainerModule(({ bind }) => {
        bind(Jobs).toConstantValue(jobs);
        bind(UseCase).toResolvedValue((jobs) => new UseCase(jobs), [Jobs]);
      }),
    ],
    actors: async (get) => {
      const claim = await get(UseCase);
      return { east: () => claim.execute('east'), west: () => claim.execute('west') };
    },
    check: (_, { values }) => expect(values.filter((claimed) => claimed === 'backup')).to.have.lengthOf(1),
  });
}

export const doubleClaim: Program = {
  name: 'double claim',
  fault: 'two workers see the same queued job, and both take it',
  found: 'orders',
  faulty: scenario(ClaimJob),
  correct: scenario(ClaimQueuedJob),
};
