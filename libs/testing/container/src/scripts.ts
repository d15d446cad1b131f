import type { Clock } from '#kernel';
import type { ServiceIdentifier } from 'inversify';
import { nameOf } from './binding-graph.ts';
import type { Interceptor, PortCall } from './port-call.ts';
import { Script } from './script.ts';

/** The methods of a port; a function that is bound as a port has the one method `call`. */
export type MethodOf<T> = { [K in keyof T]-?: T[K] extends (...args: never[]) => unknown ? K : never }[keyof T] &
  string;

/** What the calls of one test's ports do instead of what their adapters would do. */
export class Scripts {
  readonly #scripts: Script[] = [];
  readonly #clock: Pick<Clock, 'sleep'>;

  constructor(clock: Pick<Clock, 'sleep'>) {
    this.#clock = clock;
  }

  /** Begins a statement about the calls that come after it; of several that fit, the newest decides. */
  add<T>(port: ServiceIdentifier<T>, method: MethodOf<T>): Script {
    const meets = (call: PortCall): boolean => call.method === method && call.isOf(port);
    const script = new Script({ what: `${nameOf(port)}.${method}`, meets, clock: this.#clock });
    this.#scripts.unshift(script);
    return script;
  }

  /** The statements that no call has met, as sentences. */
  get unmet(): readonly string[] {
    return this.#scripts.filter(({ isMet }) => !isMet).map(String);
  }

  readonly intercept: Interceptor = (call, proceed) => {
    const first = this.#scripts.findLast((script) => script.awaitsNext && script.meets(call));
    const meant = this.#scripts.filter((script) => script === first || !script.awaitsNext);
    const effects = meant.map((script) => script.effectOn(call));
    const decisive = effects.find((effect) => effect !== undefined);
    return decisive === undefined ? proceed() : decisive(call, proceed);
  };
}
