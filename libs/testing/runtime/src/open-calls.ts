import type { CallSite } from './call-site.ts';
import type { RunningTest } from './running-test.ts';

/** A call of a port, or a wait of the kit, that has not been answered yet. */
export type OpenCall = {
  /** Such as `Devices.find`. */
  readonly what: string;
  readonly site: CallSite;
  readonly test: RunningTest | undefined;
};

const open = new Set<OpenCall>();

/** Notes that `call` waits for its answer, until the result is disposed. */
export function openCall(call: OpenCall): Disposable {
  open.add(call);
  return { [Symbol.dispose]: () => void open.delete(call) };
}

/** What waits for its answer, oldest first; of one test where a test is given. */
export function openCalls(test?: RunningTest): readonly OpenCall[] {
  return [...open].filter((call) => test === undefined || call.test === test);
}
