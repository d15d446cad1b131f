import { Clock } from '#kernel';
import { ContainerTest } from '#testing/container';
import { ContainerModule } from 'inversify';
import { everyFault } from './every-fault.ts';

abstract class Queue {
  abstract take(): Promise<void>;
  abstract sweep(): Promise<void>;
}
abstract class Journal {
  abstract record(): void;
}

/** Does two things at once, one of which goes on where the other one waits for its port. */
class Worker {
  readonly #queue: Queue;
  readonly #journal: Journal;
  readonly #clock: Clock;

  constructor(queue: Queue, journal: Journal, clock: Clock) {
    this.#queue = queue;
    this.#journal = journal;
    this.#clock = clock;
  }

  async run(): Promise<void> {
    const place = this.#later();
    await this.#queue.sweep();
    await place;
  }

  async #later(): Promise<void> {
    await Promise.resolve();
    await Promise.resolve();
    this.#journal.record();
  }

  async limited(): Promise<void> {
    using limit = this.#clock.deadline(1_000);
    const { promise: late, reject } = Promise.withResolvers<never>();
    limit.signal.addEventListener('abort', () => reject(limit.signal.reason));
    const place = Promise.race([this.#queue.take(), late]).catch(() => this.#journal.record());
    await this.#queue.sweep();
    await place;
  }
}

class WorkerTest extends ContainerTest {
  protected modules() {
    return [
      new ContainerModule(({ bind }) => {
        bind(Clock).toConstantValue(this.clock);
        bind(Queue).toConstantValue({ take: async () => {}, sweep: async () => {} });
        bind(Journal).toConstantValue({ record: () => {} });
        bind(Worker).toResolvedValue((...parts) => new Worker(...parts), [Queue, Journal, Clock]);
      }),
    ];
  }
}
const t = WorkerTest.install();

describe('What a process that died has left running', () => {
  for (const method of ['run', 'limited'] as const) {
    it(
      `concerns nobody where it comes to a port that answers at once (${method})`,
      everyFault(t, {
        workflow: async ({ get }) => (await get(Worker))[method](),
        recover: () => {},
        holds: () => {},
        faults: ['crashes-before', 'crashes-after'],
      }),
    );
  }
});
