import { inTest, isOn, noteFact, offTheBooks, openCalls, realTime, runningTest, RunningTest } from '#testing/runtime';
import { Deadlock } from './deadlock.ts';
import { lastMove } from './ledger.ts';
import { placesOfAwaits, unnoted, watchAwaits } from './pending-awaits.ts';
import { underWay, type Asking, type UnderWay } from './under-way.ts';

/** Virtual time, as the loop that moves it sees it. */
export type Timeline = {
  /** Milliseconds since 1970. */
  time(): number;
  /** Milliseconds until the next alarm; undefined when none is set. */
  nextIn(): number | undefined;
  /** Lets the next alarm ring, and whatever follows from it within some turns of the event loop. */
  jump(): Promise<unknown>;
  /** How long something that is open, but perhaps idle, may be silent until it counts as idle: real milliseconds. */
  readonly patienceMs: number;
};

/** Something to wait for: under way already or, better, still to begin, so that the lines where it waits are known. */
export type Work<T> = PromiseLike<T> | (() => T | PromiseLike<T>);

export const PATIENCE_MS = 5_000;

/** Turns of the event loop with nothing under way before time is moved: a message within the process takes one or two. */
const IDLE_TURNS = 3;
/** Real time after something real has moved: the other end may be in this process, or about to hang up. */
const SETTLE_MS = 10;
/** Real time before the limit of a test, in which nothing silent is waited for any more. */
const LAST_MS = 50;
/** Turns at full speed before the loop makes room for others. */
const QUICK_TURNS = 20;

/**
 * Runs virtual time until `work` settles, and settles like it. While something real is under way, it passes with real
 * time; when all is idle it jumps to the next alarm; with no alarm either it rejects with {@link Deadlock}.
 */
export async function runTimeline<T>(timeline: Timeline, work: Work<T>): Promise<T> {
  using _awaits = isOn('deadlocks') ? watchAwaits() : undefined;
  const [test, since] = [runningTest(), realTime.now()];
  if (typeof work !== 'function') return await run(timeline, work, { test, since });
  if (test !== undefined) return await run(timeline, begin(work), { test, since });

  // Outside of the kit's tests the work still has to be told from all else.
  const owner = new RunningTest({ title: 'work on virtual time' });
  try {
    const begun = inTest(owner, () => begin(work));
    return await run(timeline, begun, { test: owner, since });
  } finally {
    owner.end();
  }
}

type Asker = Pick<Asking, 'test' | 'since'>;

function run<T>(timeline: Timeline, work: PromiseLike<T>, asker: Asker): Promise<T> {
  return unnoted(() => drive(timeline, work, asker));
}

async function drive<T>(timeline: Timeline, work: PromiseLike<T>, { test, since }: Asker): Promise<T> {
  const outcome = { settled: false };
  const note = (): void => void (outcome.settled = true);
  work.then(note, note);
  for (let idle = 0, busy = 0; ;) {
    await turn(busy > QUICK_TURNS ? 1 : 0);
    if (outcome.settled) return await work;
    if (test?.isOver === true) throw new Error(`"${test.title}" is over, so its time does not run any more.`);

    const found = [...underWay({ test, since, shortly: timeline.patienceMs })];
    // With no alarm to jump to, what is silent is told before the test is stopped, whatever patience is left.
    const mayWait = timeline.nextIn() !== undefined || !isAboutToStop(test);
    const isLive = found.some(({ certain, movedAt }) => certain || (mayWait && isRecent(movedAt, timeline.patienceMs)));
    if (isLive || isRecent(lastMove(test), SETTLE_MS)) {
      [idle, busy] = [0, busy + 1];
    } else if (idle < IDLE_TURNS) {
      idle += 1;
    } else if (timeline.nextIn() !== undefined) {
      for (const one of found)
        noteFact({ topic: 'not controlled', text: `virtual time went past something silent: ${one}` });
      await timeline.jump();
      busy = 0;
    } else if (isOn('deadlocks')) {
      throw deadlock(timeline, found, test);
    } else {
      busy += 1;
    }
  }
}

async function begin<T>(work: () => T | PromiseLike<T>): Promise<T> {
  return work();
}

function isAboutToStop(test: RunningTest | undefined): boolean {
  return test?.stopsAt !== undefined && test.stopsAt - realTime.now() < LAST_MS;
}

function isRecent(moment: number, withinMs: number): boolean {
  return realTime.now() - moment < withinMs;
}

function turn(milliseconds: number): Promise<void> {
  return offTheBooks(
    () =>
      new Promise((resolve) => {
        if (milliseconds === 0) realTime.setImmediate(resolve);
        else realTime.setTimeout(resolve, milliseconds);
      }),
  );
}

function deadlock(timeline: Timeline, found: readonly UnderWay[], test: RunningTest | undefined): Deadlock {
  return new Deadlock({
    calls: openCalls(test),
    places: placesOfAwaits(test),
    open: found.map(String),
    silentMs: Math.min(
      timeline.patienceMs,
      Math.round(realTime.now() - Math.max(...found.map(({ movedAt }) => movedAt))),
    ),
    at: new Date(timeline.time()),
  });
}
