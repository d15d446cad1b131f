import { currentTest } from '#testing/lifecycle';
import { isObedience, realTimer } from '#testing/runtime';
import { currentDirector, type Actor, type Director } from './director.ts';
import { gate, type Gate } from './gate.ts';
import { outcomeOf, type RacerOutcome } from './outcome.ts';
import { OutcomeTable } from './outcome-table.ts';

export type Racer = {
  /** From 0. */
  readonly index: number;
  readonly name: string;
  /** Aborts with the test, and when the race takes too long. */
  readonly signal: AbortSignal;
  /**
   * Comes back when all racers stand here: for those that have to prepare something first, such as a connection. If one
   * stands here, all have to; a racer that never calls it starts when all do. Where the order is chosen it is a step of
   * its own, as often as it is called, that `what` names.
   */
  start(what?: string): Promise<void>;
};

export type Run<A> = (racer: Racer) => A | Promise<A>;

export type RaceOptions = {
  /** Milliseconds of real time until the racers are aborted and, if they still do not end, named: 5,000 unless told. */
  readonly within?: number;
  /** Where the race takes place, asked whether a race can be seen there at all: all parts of the test unless told. */
  readonly on?: { proveRaces(racers: number): Promise<void> } | undefined;
};

const GRACE_MS = 500;

/**
 * Lets `count` racers, or those that are named, go through `run` at the same time, and tells how each ended. A result that
 * is a refusal counts as refused, and an error as thrown; what has to hold afterwards is for the test to check.
 */
export async function race<A>(count: number, run: Run<A>, options?: RaceOptions): Promise<OutcomeTable<A>>;
export async function race<R extends Readonly<Record<string, Run<unknown>>>>(
  runs: R,
  options?: RaceOptions,
): Promise<OutcomeTable<Awaited<ReturnType<R[keyof R]>>>>;
export async function race(
  racers: number | Readonly<Record<string, Run<unknown>>>,
  second?: Run<unknown> | RaceOptions,
  third?: RaceOptions,
): Promise<OutcomeTable> {
  if (typeof racers !== 'number') return raceOf(new Map(Object.entries(racers)), second as RaceOptions);
  const width = String(racers - 1).length;
  const names = Array.from({ length: racers }, (_, index) => `racer ${String(index).padStart(width, '0')}`);
  return raceOf(new Map(names.map((name) => [name, second as Run<unknown>])), third);
}

async function raceOf<A>(
  runs: ReadonlyMap<string, Run<A>>,
  { within = 5_000, on }: RaceOptions = {},
): Promise<OutcomeTable<A>> {
  if (runs.size < 2) throw new Error('A race needs two racers or more.');
  await (on ?? currentTest())?.proveRaces(runs.size);
  const director = currentDirector();
  if (director !== undefined) return directed(runs, director);

  const stop = new AbortController();
  const test = currentTest()?.signal;
  test?.throwIfAborted();
  const signal = test === undefined ? stop.signal : AbortSignal.any([test, stop.signal]);
  const line = new StartLine(runs.size);
  const outcomes = new Map<string, RacerOutcome<A>>();
  const all = [...runs].map(async ([name, run], index) => {
    const racer: Racer = { index, name, signal, start: () => line.reach(name, signal) };
    const [settled] = await Promise.allSettled([(async () => run(racer))()]);
    line.leave(name);
    outcomes.set(name, outcomeOf(name, settled));
  });

  const late = Promise.withResolvers<void>();
  const tooLong = new Error(`The race was stopped after ${within} ms.`);
  using aborting = realTimer(within, () => stop.abort(tooLong));
  using givingUp = realTimer(within + GRACE_MS, late.resolve);
  // A race that died with its process never comes back, and must not hold up the end of the tests.
  test?.addEventListener('abort', () => {
    if (!isObedience(test.reason)) return;
    aborting[Symbol.dispose]();
    givingUp[Symbol.dispose]();
  });
  await Promise.race([Promise.all(all), late.promise]);

  const table = new OutcomeTable([...runs.keys()].flatMap((name) => outcomes.get(name) ?? []));
  const waiting = [...runs.keys()].filter((name) => !outcomes.has(name));
  if (waiting.length > 0) throw new Error(`${tooLong.message} Still waiting: ${waiting.join(', ')}.\n${table}`);
  if (stop.signal.aborted) throw new Error(`${tooLong.message}\n${table}`);
  line.verify(table);
  return table;
}

/** Somebody else decides whose turn it is, and how long that may take. */
async function directed<A>(runs: ReadonlyMap<string, Run<A>>, director: Director): Promise<OutcomeTable<A>> {
  const outcomes = new Map<string, RacerOutcome<A>>();
  const actors = [...runs].map(([name, run], index): Actor => ({
    name,
    act: async (stage) => {
      const racer: Racer = {
        index,
        name,
        start: (what = 'start') => stage.step(what),
        // Made when somebody asks.
        get signal() {
          return stage.signal;
        },
      };
      const [settled] = await Promise.allSettled([(async () => run(racer))()]);
      outcomes.set(name, outcomeOf(name, settled));
    },
  }));
  await director(actors);
  return new OutcomeTable([...runs.keys()].flatMap((name) => outcomes.get(name) ?? []));
}

/** Opens when everybody stands at it. */
class StartLine {
  readonly #gate: Gate = gate('the start of the race');
  readonly #size: number;
  readonly #there = new Set<string>();
  readonly #gone = new Set<string>();

  constructor(size: number) {
    this.#size = size;
  }

  reach(name: string, signal: AbortSignal): Promise<void> {
    this.#there.add(name);
    this.#openWhenAllAreThere();
    return this.#gate.passed(signal);
  }

  leave(name: string): void {
    if (!this.#there.has(name)) this.#gone.add(name);
    this.#openWhenAllAreThere();
  }

  /** Throws when some were over before the others began: that was no race. */
  verify(table: OutcomeTable): void {
    if (this.#there.size === 0 || this.#gone.size === 0) return;
    const names = [...this.#gone].join(', ');
    throw new Error(`There was no race: ${names} ended without coming to the start.\n${table}`);
  }

  #openWhenAllAreThere(): void {
    if (this.#there.size > 0 && this.#there.size + this.#gone.size === this.#size) this.#gate.open();
  }
}
