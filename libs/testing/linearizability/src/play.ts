import { race, type Racer } from '#testing/concurrency';
import { History, type Invocation } from './history.ts';
import { tableOf, told } from './history-table.ts';
import { clientsOf, type Program } from './program.ts';

export type Circumstances = {
  readonly client: string;
  /** Aborts with the test, and when the clients take too long. */
  readonly signal: AbortSignal;
};

/** What an operation that threw has done. */
export type Effect = 'no effect' | 'unknown';

export type Performance<Op, A> = {
  readonly perform: (op: Op, circumstances: Circumstances) => Promise<A>;
  readonly thrown: ((error: unknown, op: Op) => Effect | undefined) | undefined;
};

/**
 * Lets the clients of a program go at the same time, and records what they see. Every invocation waits for its turn where
 * somebody directs the race: otherwise none could come after the answer of another client.
 *
 * Rejects when an operation throws what nobody has said the effect of.
 */
export async function play<Op, A>(program: Program<Op>, performance: Performance<Op, A>): Promise<History<Op, A>> {
  const history = new History<Op, A>();
  const clients = clientsOf(program).map(({ name, ops }) => {
    const run = async ({ start, signal }: Racer): Promise<void> => {
      for (const op of ops) {
        await start(told(op));
        await performed(op, history.invoke(name, op), { client: name, signal }, performance);
      }
    };
    return [name, run] as const;
  });
  const outcomes = await race(Object.fromEntries(clients));
  for (const outcome of outcomes.outcomes) {
    if (outcome.ended !== 'threw') continue;
    const { error, racer } = outcome;
    const message = error instanceof Error ? error.message : told(error);
    throw new Error(`${racer}: ${message}\n\n${tableOf(history.operations)}`, { cause: error });
  }
  return history;
}

async function performed<Op, A>(
  op: Op,
  invocation: Invocation<A>,
  circumstances: Circumstances,
  { perform, thrown }: Performance<Op, A>,
): Promise<void> {
  const [settled] = await Promise.allSettled([(async () => perform(op, circumstances))()]);
  if (settled.status === 'fulfilled') return invocation.answered(settled.value);
  const effect = thrown?.(settled.reason, op);
  if (effect === 'no effect') return invocation.hadNoEffect();
  invocation.threw(settled.reason);
  if (effect === undefined) throw settled.reason;
}
