import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { workflowScenario, type Program, type WorkflowScenario } from '../program.ts';

type Charge = { readonly cents: number; readonly key?: string };

abstract class Invoices {
  abstract isPaid(id: string, signal: AbortSignal): Promise<boolean>;
  abstract markPaid(id: string, signal: AbortSignal): Promise<void>;
}

abstract class Payments {
  /** Charges once for each key, and every time where there is none. */
  abstract charge(charge: Charge, signal: AbortSignal): Promise<void>;
}

class Books implements Invoices, Payments {
  readonly paid = new Set<string>();
  readonly charged: Charge[] = [];

  async isPaid(id: string, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    return this.paid.has(id);
  }

  async markPaid(id: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.paid.add(id);
  }

  async charge(charge: Charge, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (charge.key === undefined || !this.charged.some(({ key }) => key === charge.key)) this.charged.push(charge);
  }
}

class PayInvoice {
  readonly #invoices: Invoices;
  readonly #payments: Payments;

  constructor(invoices: Invoices, payments: Payments) {
    this.#invoices = invoices;
    this.#payments = payments;
  }

  async execute(id: string, signal: AbortSignal): Promise<void> {
    if (await this.#invoices.isPaid(id, signal)) return;
    await this.#payments.charge(this.chargeFor(id), signal);
    await this.#invoices.markPaid(id, signal);
  }

  protected chargeFor(_id: string): Charge {
    return { cents: 4_200 };
  }
}

class PayInvoiceByKey extends PayInvoice {
  protected override chargeFor(id: string): Charge {
    return { cents: 4_200, key: id };
  }
}

function scenario(UseCase: typeof PayInvoice): WorkflowScenario {
  return workflowScenario({
    world: () => new Books(),
    modules: (books) => [
      new ContainerModule(({ bind }) => {
        bind(Invoices).toConstantValue(books);
        bind(Payments).toConstantValue(books);
        bind(UseCase).toResolvedValue((invoices, payments) => new UseCase(invoices, payments), [Invoices, Payments]);
      }),
    ],
    workflow: async (get, signal) => (await get(UseCase)).execute('invoice 7', signal),
    check: ({ paid, charged }) => {
      expect([...paid]).to.deep.equal(['invoice 7']);
      expect(charged).to.have.lengthOf(1);
    },
  });
}

export const missingIdempotencyKey: Program = {
  name: 'missing idempotency key',
  fault: 'a charge whose answer is lost is made again, and nobody can tell that it is the same',
  found: 'faults',
  faulty: scenario(PayInvoice),
  correct: scenario(PayInvoiceByKey),
};
