import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { raceScenario, type Program, type RaceScenario } from '../program.ts';

type Submission = { readonly requestId: string; readonly item: string };

abstract class Requests {
  abstract isKnown(id: string): Promise<boolean>;
  /** Notes the request, and answers whether it is the first of this id. */
  abstract note(id: string): Promise<boolean>;
}

abstract class Orders {
  abstract place(item: string): Promise<void>;
}

class InMemoryRequests implements Requests {
  readonly #known = new Set<string>();

  async isKnown(id: string): Promise<boolean> {
    return this.#known.has(id);
  }

  async note(id: string): Promise<boolean> {
    const isFirst = !this.#known.has(id);
    this.#known.add(id);
    return isFirst;
  }
}

class SubmitOrder {
  protected readonly requests: Requests;
  protected readonly orders: Orders;

  constructor(requests: Requests, orders: Orders) {
    this.requests = requests;
    this.orders = orders;
  }

  async execute({ requestId, item }: Submission): Promise<void> {
    if (await this.requests.isKnown(requestId)) return;
    await this.orders.place(item);
    await this.requests.note(requestId);
  }
}

class SubmitOrderOnce extends SubmitOrder {
  override async execute({ requestId, item }: Submission): Promise<void> {
    if (await this.requests.note(requestId)) await this.orders.place(item);
  }
}

function scenario(UseCase: typeof SubmitOrder): RaceScenario {
  return raceScenario({
    world: (): string[] => [],
    modules: (placed) => [
      new ContainerModule(({ bind }) => {
        bind(Requests).toResolvedValue(() => new InMemoryRequests());
        bind(Orders).toConstantValue({ place: async (item) => void placed.push(item) });
        bind(UseCase).toResolvedValue((requests, orders) => new UseCase(requests, orders), [Requests, Orders]);
      }),
    ],
    actors: async (get) => {
      const submit = await get(UseCase);
      const submission = { requestId: 'r1', item: 'lamp' };
      return { 'first click': () => submit.execute(submission), 'second click': () => submit.execute(submission) };
    },
    check: (placed) => expect(placed).to.deep.equal(['lamp']),
  });
}

export const doubleSubmit: Program = {
  name: 'double submit',
  fault: 'a request is noted as known when its order is placed, too late for the second click',
  found: 'orders',
  faulty: scenario(SubmitOrder),
  correct: scenario(SubmitOrderOnce),
};
