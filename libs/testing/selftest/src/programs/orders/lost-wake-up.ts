import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

abstract class Queue {
  abstract put(job: string): Promise<void>;
  abstract take(): Promise<string | undefined>;
}

/** How often something was put into the queue, as a bell that many can hear. */
abstract class Bell {
  abstract ring(): Promise<void>;
  abstract rings(): Promise<number>;
  /** Comes back when the bell has rung more often than that. */
  abstract ringsBeyond(count: number): Promise<void>;
}

class InMemoryQueue implements Queue {
  readonly #jobs: string[] = [];

  async put(job: string): Promise<void> {
    this.#jobs.push(job);
  }

  async take(): Promise<string | undefined> {
    return this.#jobs.shift();
  }
}

class InMemoryBell implements Bell {
  #rings = 0;
  #waiting: (() => void)[] = [];

  async ring(): Promise<void> {
    this.#rings += 1;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async rings(): Promise<number> {
    return this.#rings;
  }

  async ringsBeyond(count: number): Promise<void> {
    if (this.#rings <= count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

class TakeJob {
  protected readonly queue: Queue;
  protected readonly bell: Bell;

  constructor(queue: Queue, bell: Bell) {
    this.queue = queue;
    this.bell = bell;
  }

  async execute(): Promise<string> {
    for (;;) {
      const job = await this.queue.take();
      if (job !== undefined) return job;
      const heard = await this.bell.rings();
      await this.bell.ringsBeyond(heard);
    }
  }
}

class TakeJobListening extends TakeJob {
  override async execute(): Promise<string> {
    for (;;) {
      const heard = await this.bell.rings();
      const job = await this.queue.take();
      if (job !== undefined) return job;
      await this.bell.ringsBeyond(heard);
    }
  }
}

function scenario(UseCase: typeof TakeJob): RaceScenario {
  return raceScenario({
    world: () => ({ queue: new InMemoryQueue(), bell: new InMemoryBell() }),
    modules: ({ queue, bell }) => [
      new ContainerModule(({ bind }) => {
        bind(Queue).toConstantValue(queue);
        bind(Bell).toConstantValue(bell);
        bind(UseCase).toResolvedValue((queue, bell) => new UseCase(queue, bell), [Queue, Bell]);
      }),
    ],
    actors: async (get) => {
      const [take, queue, bell] = [await get(UseCase), await get(Queue), await get(Bell)];
      const put = async (job: string): Promise<void> => {
        await queue.put(job);
        await bell.ring();
      };
      return { worker: () => take.execute(), client: () => put('backup') };
    },
  });
}

export const lostWakeUp: Program = {
  name: 'lost wake-up',
  fault: 'a worker finds the queue empty and begins to listen when the bell has rung already',
  shows: 'a deadlock',
  found: 'orders',
  faulty: scenario(TakeJob),
  correct: scenario(TakeJobListening),
};
