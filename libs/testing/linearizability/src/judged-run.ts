import { together } from '#testing/runtime';
import { explain } from './explain.ts';
import type { History } from './history.ts';
import { linearize, type LinearizeLimits } from './linearize.ts';
import type { Model } from './model.ts';

/** Its message says everything: where it was thrown says nothing. */
export class NotLinearizable extends Error {}

type Judged<S, Op, A> = { readonly model: Model<S, Op, A>; readonly limits: LinearizeLimits | undefined };

/**
 * Runs `trial`, which records a history, and judges that when the trial has ended: whatever the verdict is, the trial itself has
 * come to its end, so its database need not be kept to be looked at.
 */
export async function judgedRun<T, S, Op, A>(
  trial: (body: (test: T) => Promise<void>) => Promise<void>,
  record: (test: T) => Promise<History<Op, A>>,
  judged: Judged<S, Op, A>,
): Promise<void> {
  const errors: unknown[] = [];
  let history: History<Op, A> | undefined;
  const body = async (test: T): Promise<void> => {
    try {
      history = await record(test);
    } catch (error) {
      errors.push(error);
    }
  };
  await trial(body).catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw together(errors);
  if (history === undefined) throw new Error('The trial ended without running its body.');
  const found = verdictOn(history, judged);
  if (found.verdict === 'not linearizable') throw new NotLinearizable(explain(found));
  if (found.verdict === 'undecided') {
    throw new Error(`No verdict after ${found.steps} steps: make the programs shorter, or raise \`limits.steps\`.`);
  }
}

function verdictOn<S, Op, A>(
  history: History<Op, A>,
  { model, limits }: Judged<S, Op, A>,
): ReturnType<typeof linearize<S, Op, A>> {
  try {
    return linearize(history, model, limits);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The history could not be judged by the model: ${message}`, { cause });
  }
}
