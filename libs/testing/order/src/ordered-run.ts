import { intercepted, onCallsOfNobody, type Interception, type PortCall } from '#testing/container';
import type { Actor, Director, Stage } from '#testing/concurrency';
import { currentTest, TrialStopped } from '#testing/lifecycle';
import { callSite, openCalls, runningTest } from '#testing/runtime';
import type { VirtualClock } from '#testing/time';
import { usual, type Choice } from './choice.ts';
import { isSomebodyStarved, isTurnOfOthers } from './fairness.ts';
import type { Lane, Parked } from './lane.ts';
import type { LearnedMethods } from './learned-methods.ts';
import { Livelock, NoWayOn } from './no-way-on.ts';
import { isTime, timeUntil } from './time-steps.ts';
import { settled, type Movement } from './settled.ts';
import { keysTogether, TIME, type Keys, type KeysOf, type Step } from './step.ts';
import { NO_EFFECTS, takenOf, type Taken } from './taken.ts';

export type RunOptions = {
  /** Which option to take; undefined ends the run, which then proves nothing. */
  readonly choose: (choice: Choice) => number | undefined;
  readonly keysOf: KeysOf | undefined;
  readonly answers: boolean;
  /** Whether steps are to tell where the code asked for them. */
  readonly sites: boolean;
  readonly mostSteps: number;
  readonly earlyTimers: number;
  /** What earlier runs have learned, and where this one leaves what it learns. */
  readonly methods: LearnedMethods;
};

/** A run that was ended on purpose. */
export class CutShort extends TrialStopped {
  constructor() {
    super('This order is not carried to its end.');
    this.name = 'CutShort';
  }
}

const ENDED = new Error('The race is over.'); // nobody reads it

/** One run of a scenario, in which every step of its actors waits until it is chosen. */
export class OrderedRun {
  readonly trace: Taken[] = [];
  /** Statements that waited in a database for somebody else, as they did. */
  readonly waits = new Set<string>();
  /** Whether several statements waited at the same time, so that the database decided which of them went on first. */
  hasContended = false;
  /** Whether time would have been an option where it was not. */
  hasHeldTime = false;
  hasRaced = false;
  /** Whether it was ended in the middle although the program may come to an end: somebody had to wait too long by the way that was chosen. */
  isEndedUnfair = false;
  readonly #options: RunOptions;
  readonly #keysWithin = new Map<PortCall, (Keys | undefined)[]>();
  #isDirecting = false;
  #events = 0;
  #early = 0;
  #inRow = 0;
  #isUnfair = false;
  #timeSince = 0;
  #isStopped = false;
  #callsBehindTheEnd = 0;
  #stoppedBy: { readonly reason: unknown } | undefined;
  #refused: Error | undefined;

  constructor(options: RunOptions) {
    this.#options = options;
  }

  /** Whom races of the scenario are handed to. */
  readonly director: Director = async (actors) => {
    if (this.#isDirecting) {
      throw (this.#refused = new Error(
        'A race inside of a racer has no order of its own: let the racers race together.',
      ));
    }
    if (actors.some(({ name }) => name === TIME))
      throw new Error(`A racer cannot be called "${TIME}": time has its own steps.`);
    this.hasRaced = this.#isDirecting = true;
    using _strays = onCallsOfNobody((call) => {
      if (call.test === runningTest() && call.isAsync && !isTime(call)) this.strays.add(call.what);
    });
    const end = new AbortController();
    const all = actors.map(({ name }): Lane => ({ name, parked: [], isDone: false, asked: 0, since: 0 }));
    const acts = actors.map((actor, index) => this.#begin(actor, all[index] as Lane, end));
    try {
      await this.#direct(all, currentTest()?.clock);
    } catch (error) {
      this.#isStopped = true;
      end.abort(error);
      for (const { parked } of all) for (const { stop } of parked.splice(0)) stop(error);
      await settled(() => ({ count: 0, isParked: false, isOver: this.#stoppedBy !== undefined }));
      throw error;
    }
    end.abort(ENDED);
    await Promise.all(acts);
    this.#isDirecting = false;
    if (this.#refused !== undefined) throw this.#refused;
  };

  /** Calls during the race of this test, in the context of none of its actors. */
  readonly strays = new Set<string>();

  /** Ends the race, also where it waits for something real; it then fails with `reason`. */
  stop(reason: unknown): void {
    this.#stoppedBy = { reason };
  }

  async #begin(actor: Actor, lane: Lane, end: AbortController): Promise<void> {
    const test = currentTest()?.signal;
    const stage: Stage = {
      get signal() {
        return test === undefined ? end.signal : AbortSignal.any([test, end.signal]);
      },
      step: async (what) => {
        await this.#park(lane, { what, keys: undefined, args: [] });
      },
    };
    const act = (): Promise<void> => intercepted(this.#interception(lane, end.signal), () => actor.act(stage));
    await act().catch(() => {}); // how it ended is the actor's own business
    lane.isDone = true;
    this.#moved(lane);
  }

  async #direct(all: readonly Lane[], clock: VirtualClock | undefined): Promise<void> {
    const movement = (): Movement => ({
      count: this.#events,
      isParked: all.every(({ isDone, parked }) => isDone || parked.length > 0),
      isOver: this.#stoppedBy !== undefined,
    });
    for (;;) {
      const waits = await settled(movement);
      if (this.#stoppedBy !== undefined) throw this.#stoppedBy.reason;
      for (const wait of waits) this.waits.add(wait);
      if (waits.length > 1) this.hasContended = true;
      const parked = all.flatMap((lane) => lane.parked);
      if (parked.length === 0 && all.every(({ isDone }) => isDone)) return;
      const nextIn = clock?.nextIn;
      if (parked.length === 0 && nextIn === undefined) throw this.#noWayOn(all, waits);
      const [steps, mostSteps] = [this.trace.length, this.#options.mostSteps];
      if (nextIn === undefined) this.#timeSince = steps;
      this.#isUnfair ||= isSomebodyStarved({ lanes: all, timeSince: this.#timeSince, steps, mostSteps });
      if (steps >= mostSteps) {
        this.isEndedUnfair = this.#isUnfair;
        throw this.#isUnfair ? new CutShort() : new Livelock(this.trace);
      }
      await this.#take(parked, nextIn === undefined ? undefined : clock);
    }
  }

  async #take(parked: readonly Parked[], clock: VirtualClock | undefined): Promise<void> {
    const steps = parked.map(({ step }) => step);
    const isItsTurn = parked.length === 0 || isTurnOfOthers(this.#inRow);
    const mayPass = clock !== undefined && (isItsTurn || this.#early < this.#options.earlyTimers);
    if (clock !== undefined && !mayPass) this.hasHeldTime = true;
    const options = mayPass ? [...steps, timeUntil(clock)] : steps;
    const last = this.trace.at(-1);
    const choice: Choice = { options, last: last?.actor, effects: last?.effects ?? NO_EFFECTS, inRow: this.#inRow };
    const index = this.#options.choose(choice);
    if (index === undefined) throw new CutShort();
    const chosen = parked[index];
    const taken = chosen?.taken ?? takenOf(options[index] as Step);
    this.#inRow = last?.actor === taken.actor ? this.#inRow + 1 : 1;
    this.trace.push(taken);
    if (taken.actor === TIME) this.#timeSince = this.trace.length;
    this.#events += 1;
    if (chosen !== undefined) return chosen.go();
    if (index !== usual(choice)) this.#early += 1;
    await clock?.advance(clock.nextIn ?? 0);
  }

  #interception(lane: Lane, end: AbortSignal): Interception {
    return {
      calls: (call, proceed) => {
        if (isTime(call)) return proceed();
        if (end.aborted) return this.#behindTheEnd(call, proceed);
        if (this.#options.methods.isLater(call)) return this.#call(lane, call, proceed);
        const answer = proceed();
        this.#options.methods.learn(call, answer);
        return answer;
      },
      answers: async (call, answer) => {
        await Promise.allSettled([answer]);
        if (!end.aborted) {
          const keys = keysTogether(this.#keysWithin.get(call) ?? []);
          await this.#park(lane, { what: `${call.what} ends`, keys, args: [] });
        }
        return answer;
      },
    };
  }

  async #call(lane: Lane, call: PortCall, proceed: () => unknown): Promise<unknown> {
    const keys = this.#options.keysOf?.(call);
    for (let around = call.within; around !== undefined; around = around.within) {
      const within = this.#keysWithin.get(around) ?? [];
      this.#keysWithin.set(around, [...within, keys]);
    }
    const { what, args } = call;
    const taken = await this.#park(lane, { what, keys, args });
    const [outcome] = await Promise.allSettled([(async () => proceed())()]);
    taken.outcome =
      outcome.status === 'fulfilled'
        ? { kind: 'answered', value: outcome.value }
        : { kind: 'failed', value: outcome.reason };
    this.#moved(lane);
    const last = this.trace.at(-1);
    if (last !== taken) last?.effects.ended.push(keys);
    if (this.#options.answers) await this.#park(lane, { what: `${what} answers`, keys: undefined, args: [] });
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }

  /** Clean-ups reach their ports. Whoever takes every failure for a reason to try again stands still in the end. */
  #behindTheEnd(call: PortCall, proceed: () => unknown): unknown {
    this.#callsBehindTheEnd += 1;
    const isLater = this.#options.methods.isLater(call);
    if (!this.#isStopped || !isLater || this.#callsBehindTheEnd <= this.#options.mostSteps) return proceed();
    return new Promise(() => {});
  }

  #park(lane: Lane, asked: Pick<Step, 'what' | 'keys' | 'args'>): Promise<Taken> {
    const step: Step = { actor: lane.name, number: (lane.asked += 1), ...asked };
    const taken = takenOf(step, this.#options.sites ? callSite() : undefined);
    const { promise, resolve, reject } = Promise.withResolvers<Taken>();
    const parked: Parked = {
      step,
      taken,
      go: () => {
        lane.parked.splice(lane.parked.indexOf(parked), 1);
        lane.since = this.trace.length;
        resolve(taken);
      },
      stop: reject,
    };
    if (lane.parked.length === 0) lane.since = this.trace.length;
    lane.parked.push(parked);
    this.#moved(lane);
    return promise;
  }

  /** By the last step, whoever has taken it. */
  #moved({ name }: Lane): void {
    this.trace.at(-1)?.effects.moved.add(name);
    this.#events += 1;
  }

  #noWayOn(all: readonly Lane[], waits: readonly string[]): NoWayOn {
    const waiting = all.filter(({ isDone }) => !isDone).map(({ name }) => name);
    return new NoWayOn({ waiting, calls: openCalls(runningTest()), waits, trace: this.trace });
  }
}
