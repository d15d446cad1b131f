import type { AsyncTestBase, Trials } from '#testing/lifecycle';
import type { ServiceIdentifier } from 'inversify';
import type { FaultPlan } from './fault-plan.ts';
import type { FaultCell, FaultSweep } from './fault-sweep.ts';
import { tryOnce, type Cause } from './fault-trial.ts';
import type { Fault } from './faults.ts';
import { InjectedFault, where } from './injected-fault.ts';
import { judged } from './judged.ts';
import { replayOf, tokenOf, type Replay } from './replay-token.ts';
import { faultsAt, rowsOf, type Row } from './swept-calls.ts';
import { limitOfTrials } from './trial-limit.ts';

type Planned = { readonly row: Row; readonly fault: Fault };

/**
 * As `everyFault`, and gives the matrix instead of failing the test for it: `t.trials((trials) => sweepFaults(trials, plan), …)`.
 * Rejects where nothing can be swept: the run without any fault fails, or meets no port; or `LOCKSTEP_TEST_FAULT` fits no cell.
 */
export async function sweepFaults<T extends AsyncTestBase>(trials: Trials<T>, plan: FaultPlan<T>): Promise<FaultSweep> {
  const { title, file, signal } = trials;
  const replay = replayOf(trials, process.env);
  const limitMs = limitOfTrials();
  const { failure, injection: faultless, phase } = await tryOnce(trials, plan, { limitMs });
  if (signal.aborted)
    throw new Error(`Time was up in ${phase} of the run without any fault.`, { cause: signal.reason });
  if (failure) throw failedWithout(failure.error);
  const rows = rowsOf(faultless.crossings, plan.ports);
  const uncalled = plan.ports?.filter((port) => !rows.some(({ crossing }) => crossing.call.isOf(port))) ?? [];
  if (uncalled.length > 0) throw neverCalled(uncalled);
  const planned = rows.flatMap((row) => faultsAt(row, plan.faults).map((fault): Planned => ({ row, fault })));
  if (planned.length === 0) throw nothingToTry(rows);

  const known = faultless.crossings.map(({ key }) => key);
  const cells: FaultCell[] = [];
  const notSwept = new Set<string>();
  let isReordered = false;
  let cutShortIn: string | null = null;
  const asked = replay === undefined ? planned : [cellOf(replay, planned, rows)];
  for (const one of asked) {
    const cause = causeOf(one, plan);
    const tried = await tryOnce(trials, plan, { cause, limitMs });
    if (signal.aborted) {
      // What failed it, if anything did, is that time is up.
      cutShortIn = `${tried.phase} of the trial in which ${where(cause.faulted)} (LOCKSTEP_TEST_FAULT=${tokenOf(trials, cause.faulted)})`;
      break;
    }
    cells.push({ ...cause.faulted, ...judged(tried, known), token: tokenOf(trials, cause.faulted) });
    const { crossings, crossingsBefore } = tried.injection;
    const others = rowsOf(crossings, plan.ports).filter(({ crossing }) => !known.includes(crossing.key));
    for (const { what } of others) notSwept.add(what);
    isReordered ||= crossingsBefore.some(({ key }, index) => known[index] !== key);
  }
  return {
    title,
    file: file ?? null,
    calls: rows.map(({ number, what, isAnswer, crossing }) => ({
      number,
      what,
      at: isAnswer ? null : String(crossing.site),
    })),
    planned: planned.length,
    cells,
    isCutShort: cells.length < asked.length,
    cutShortIn,
    notSwept: [...notSwept],
    isReordered,
  };
}

function causeOf(
  { row: { crossing, what, number }, fault }: Planned,
  { error }: Pick<FaultPlan<never>, 'error'>,
): Cause {
  const faulted = { what, number, fault };
  const injected = new InjectedFault(faulted);
  return { faulted, target: { key: crossing.key, fault, error: () => error?.(faulted) ?? injected, reason: injected } };
}

function cellOf({ token, number, fault }: Replay, planned: readonly Planned[], rows: readonly Row[]): Planned {
  const cell = planned.find((one) => one.row.number === number && one.fault === fault);
  if (cell !== undefined) return cell;
  const calls = rows.map((row) => `${row.number} ${row.what}`).join(', ');
  throw new Error(
    `LOCKSTEP_TEST_FAULT is ${JSON.stringify(token)}, which fits no cell of this test. Its calls are now: ${calls}.`,
  );
}

function failedWithout(error: unknown): Error {
  const told = error instanceof Error ? error.message : String(error);
  return new Error(`The run without any fault fails already: ${told}`, { cause: error });
}

function neverCalled(ports: readonly ServiceIdentifier[]): Error {
  const names = ports.map((port) => (typeof port === 'function' ? port.name : String(port))).join(', ');
  return new Error(
    `\`ports\` names ${names}, of which the workflow calls nothing that answers later: take it out, or let \`given\` lead the workflow there.`,
  );
}

function nothingToTry(rows: readonly Row[]): Error {
  return new Error(
    rows.length === 0
      ? 'There is no fault to try: the workflow calls no port, or none that answers later. Ports are reached through the container of the test.'
      : 'There is no fault to try: none of those that were asked for can happen to any call.',
  );
}
