import { inTest, judge, realTurn, RunningTest, together } from '#testing/runtime';

/** What the driver of many trials has to work with. */
export type Trials<T> = {
  /** Of the test, as Mocha names it. */
  readonly title: string;
  readonly file: string | undefined;
  /** Aborts when the time of all trials is up. */
  readonly signal: AbortSignal;
  /** One trial, from its set-up to its clean-ups. Rejects with whatever failed it. */
  run(body: (test: T) => unknown): Promise<void>;
};

/** Ends a trial that is of no use any more: it has neither passed nor failed, and its clean-ups are told that nothing failed. */
export class TrialStopped extends Error {}

/** Runs `work` as a test inside of `owner`: what it starts is its own, and detectors judge it when it is over. */
export async function runTrial(owner: RunningTest, work: (trial: RunningTest) => Promise<void>): Promise<void> {
  const { title, file, isFollowedByHooks } = owner;
  const trial = new RunningTest({ title, file, isFollowedByHooks });
  const errors = new Set<unknown>();
  await inTest(trial, async () => {
    await work(trial).catch((error: unknown) => errors.add(error));
    trial.finish();
    await realTurn(); // an unawaited rejection, and what is due now, are told only then
    for (const error of await judge(trial)) errors.add(error);
  });
  for (const error of trial.failures) errors.add(error);
  trial.end();
  if (errors.size > 0) throw together([...errors]);
}
