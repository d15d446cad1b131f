import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

abstract class Jobs {
  abstract start(job: string): Promise<void>;
  /** Comes back with the next job when there is one. */
  abstract next(): Promise<string>;
}

abstract class Events {
  /** Hears of what is published from now on. */
  abstract subscribe(topic: string): Promise<Heard>;
  abstract publish(topic: string): Promise<void>;
}

type Heard = { readonly first: Promise<void> };

class InMemoryJobs implements Jobs {
  readonly #started = Promise.withResolvers<string>();

  async start(job: string): Promise<void> {
    this.#started.resolve(job);
  }

  async next(): Promise<string> {
    return await this.#started.promise;
  }
}

class InMemoryEvents implements Events {
  readonly #listeners = new Map<string, (() => void)[]>();

  async subscribe(topic: string): Promise<Heard> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#listeners.set(topic, [...(this.#listeners.get(topic) ?? []), resolve]);
    return { first: promise };
  }

  async publish(topic: string): Promise<void> {
    for (const tell of this.#listeners.get(topic) ?? []) tell();
  }
}

class RunAndWait {
  protected readonly jobs: Jobs;
  protected readonly events: Events;

  constructor(jobs: Jobs, events: Events) {
    this.jobs = jobs;
    this.events = events;
  }

  async execute(job: string): Promise<void> {
    await this.jobs.start(job);
    const done = await this.events.subscribe(`${job} is done`);
    await done.first;
  }
}

class ListenAndRun extends RunAndWait {
  override async execute(job: string): Promise<void> {
    const done = await this.events.subscribe(`${job} is done`);
    await this.jobs.start(job);
    await done.first;
  }
}

function scenario(UseCase: typeof RunAndWait): RaceScenario {
  return raceScenario({
    world: () => ({}),
    modules: () => [
      new ContainerModule(({ bind }) => {
        bind(Jobs).toResolvedValue(() => new InMemoryJobs());
        bind(Events).toResolvedValue(() => new InMemoryEvents());
        bind(UseCase).toResolvedValue((jobs, events) => new UseCase(jobs, events), [Jobs, Events]);
      }),
    ],
    actors: async (get) => {
      const [run, jobs, events] = [await get(UseCase), await get(Jobs), await get(Events)];
      const work = async (): Promise<void> => events.publish(`${await jobs.next()} is done`);
      return { client: () => run.execute('backup'), worker: () => work() };
    },
  });
}

export const listenerTooLate: Program = {
  name: 'listener registered after the event',
  fault: 'a job is started and then listened for, when it may be done already',
  shows: 'a deadlock',
  found: 'orders',
  faulty: scenario(RunAndWait),
  correct: scenario(ListenAndRun),
};
