import { Clock } from '#kernel';
import type { PortCall } from '#testing/container';
import type { ServiceIdentifier } from 'inversify';
import type { Crossing } from './crossings.ts';
import type { SweptCall } from './fault-plan.ts';
import { faults, faultsOfAnswers, type Fault } from './faults.ts';

/** A row of the matrix, with where it was met. */
export type Row = SweptCall & { readonly crossing: Crossing };

/** Those that answer later, in order; of these ports where some are given. */
export function rowsOf(crossings: readonly Crossing[], ports?: readonly ServiceIdentifier[]): readonly Row[] {
  const isSwept = (call: PortCall): boolean =>
    ports === undefined ? !isSleep(call) : ports.some((port) => call.isOf(port));
  return crossings
    .filter(({ call, answersLater }) => answersLater && isSwept(call))
    .map((crossing, index) => ({
      number: index + 1,
      what: crossing.what,
      isAnswer: crossing.isAnswer,
      isWithin: crossing.call.within !== undefined && !crossing.isAnswer,
      hasSignal: crossing.signal !== undefined,
      crossing,
    }));
}

/** Those that are asked for and can happen to it; throws where something is asked for that is no fault. */
export function faultsAt(
  row: Row,
  asked: readonly Fault[] | ((call: SweptCall) => readonly Fault[]) = faults,
): readonly Fault[] {
  const wanted = typeof asked === 'function' ? asked(row) : asked.filter((fault) => fault !== 'twice' || !row.isWithin);
  const unknown = wanted.filter((fault) => !faults.includes(fault));
  if (unknown.length > 0) {
    throw new Error(
      `There is no fault ${unknown.map((name) => JSON.stringify(name)).join(', ')}: \`faults\` may name ${faults.join(', ')}.`,
    );
  }
  return faults.filter((fault) => wanted.includes(fault) && canHappen(fault, row.crossing));
}

function canHappen(fault: Fault, { isAnswer, call }: Crossing): boolean {
  if (isAnswer) return faultsOfAnswers.includes(fault);
  // A callback is not sent over any network, and of items that come one by one none comes again.
  return fault !== 'twice' || !(call.method === 'next' || call.args.some((arg) => typeof arg === 'function'));
}

function isSleep(call: PortCall): boolean {
  return call.method === 'sleep' && call.isOf(Clock);
}
