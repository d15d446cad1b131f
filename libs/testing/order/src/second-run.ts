import type { Order } from './order.ts';
import { whereStepsPart, whereValuesPart } from './parting.ts';
import { OtherProgram } from './search.ts';
import { uncontrolledIn, type AskedSource } from './uncontrolled.ts';

/** Takes one order again, with the places in the code or without. */
export type Rerun = (token: string, sites: boolean) => Promise<Order>;

/** Orders that are run once more: what is not under control shows when the same is done twice. */
export class SecondRun {
  readonly #run: Rerun;
  readonly #isOver: () => boolean;

  constructor(run: Rerun, isOver: () => boolean) {
    this.#run = run;
    this.#isOver = isOver;
  }

  /** The failing order as it fails again, this time with the places in the code. */
  async failed(failure: Order): Promise<{ order: Order; uncontrolled: readonly string[] }> {
    if (this.#isOver()) return { order: failure, uncontrolled: [] };
    if (failure.error instanceof OtherProgram) return this.#other(failure, failure.error.message);
    const order = await this.#run(failure.token, true);
    if (this.#isOver()) return { order: failure, uncontrolled: [] };
    const parting = whereStepsPart(failure.steps, order.steps);
    if (order.error !== undefined && parting === undefined) return { order, uncontrolled: [] };
    return this.#other(failure, parting ?? 'The second time the same steps did not fail.');
  }

  /** What was not the same in orders that came to their end; one that does not do so again is a failure. */
  async passed(orders: readonly Order[]): Promise<{ uncontrolled: readonly string[]; failure?: Order }> {
    const uncontrolled = new Set<string>();
    for (const order of orders) {
      if (this.#isOver()) break;
      const again = await this.#run(order.token, false);
      if (this.#isOver()) break;
      const parting = whereStepsPart(order.steps, again.steps);
      if (parting !== undefined || again.error !== undefined) {
        const where = parting ?? 'The second time the same steps failed.';
        const { order: failure, uncontrolled } = await this.#other({ ...order, error: again.error }, where);
        return { uncontrolled, failure };
      }
      const unlike = whereValuesPart(order.steps, again.steps);
      if (unlike !== undefined) uncontrolled.add(unlike.told(await this.#sources(order)));
    }
    return { uncontrolled: [...uncontrolled] };
  }

  async #other(failure: Order, where: string): Promise<{ order: Order; uncontrolled: readonly string[] }> {
    const sources = (await this.#sources(failure)).map(String);
    const message =
      'The program does not do the same when it is run in the same order, so no search of orders can be believed.';
    const told = [message, where, ...sources.map((source) => `  ${source}`)].join('\n');
    const error = new Error(told, { cause: failure.error });
    return { order: { ...failure, error }, uncontrolled: sources };
  }

  #sources({ token }: Order): Promise<readonly AskedSource[]> {
    return uncontrolledIn(() => this.#run(token, true));
  }
}
