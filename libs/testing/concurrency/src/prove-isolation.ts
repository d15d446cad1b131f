import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { currentTest } from '#testing/lifecycle';

/** An answer as far as it can tell whose it is: everything in it is searched for the markers of others. */
export type Answer = { readonly status: number };
/** Sends one request that carries `marker` wherever it can: in its path, its headers, its body. */
export type Send<A extends Answer> = (marker: string, signal: AbortSignal) => Promise<A>;

export type Isolated<A extends Answer> = {
  /** How many requests, in all; the kinds take turns. */
  readonly requests: number;
  /** Requests that succeed, and whose answer shows their marker again. */
  readonly good: Readonly<Record<string, Send<A>>>;
  /** Requests that are made to fail. */
  readonly bad: Readonly<Record<string, Send<A>>>;
};

/**
 * Sends requests, some of which fail, all at the same time, and throws with a list of what was wrong: an answer with the
 * marker of another request, a good request that failed or was not answered with its own marker, a bad one that did not
 * fail. Send them over a real socket: in process there is nothing between the requests that could mix them up.
 */
export async function proveIsolation<A extends Answer>({ requests, good, bad }: Isolated<A>): Promise<readonly A[]> {
  const kinds = [...kindsOf(good, false), ...kindsOf(bad, true)];
  if (!kinds.some(({ fails }) => fails) || kinds.every(({ fails }) => fails))
    throw new Error('Isolation is proved by good requests among bad ones: name some of each.');
  if (requests < 2 * kinds.length)
    throw new Error(`${kinds.length} kinds of requests need ${2 * kinds.length} requests or more.`);

  const signal = currentTest()?.signal ?? new AbortController().signal;
  const run = randomBytes(4).toString('hex');
  const sent = Array.from({ length: requests }, (_, index) => {
    const kind = kinds[index % kinds.length] as Kind<A>;
    return { ...kind, marker: `m${run}-${String(index).padStart(5, '0')}` };
  });
  const settled = await Promise.allSettled(sent.map(async ({ send, marker }) => send(marker, signal)));

  const all = new RegExp(`m${run}-\\d{5}`, 'gi');
  const wrong = sent.flatMap(({ name, marker, fails }, index) =>
    faultsOf(settled[index], { marker, fails, all }).map((fault) => `  ${marker} (${name}) ${fault}`),
  );
  if (wrong.length > 0)
    throw new Error(`${wrong.length} answers were not those of their requests:\n${wrong.join('\n')}`);
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

type Kind<A extends Answer> = { readonly name: string; readonly send: Send<A>; readonly fails: boolean };

function kindsOf<A extends Answer>(named: Readonly<Record<string, Send<A>>>, fails: boolean): readonly Kind<A>[] {
  return Object.entries(named).map(([name, send]) => ({ name, send, fails }));
}

type Expected = { readonly marker: string; readonly fails: boolean; readonly all: RegExp };

function faultsOf(settled: PromiseSettledResult<Answer> | undefined, { marker, fails, all }: Expected): string[] {
  if (settled?.status !== 'fulfilled') return [`was not answered: ${String(settled?.reason)}`];
  const { value } = settled;
  const seen = new Set(
    inspect(value, { depth: Infinity, maxStringLength: Infinity, maxArrayLength: Infinity }).match(all),
  );
  const foreign = [...seen].filter((one) => one.toLowerCase() !== marker);
  const failed = value.status >= 400;
  return [
    ...(foreign.length > 0 ? [`was answered with ${foreign.join(', ')}`] : []),
    ...(failed && !fails ? [`failed with ${value.status}, and was not made to`] : []),
    ...(!failed && fails ? [`was made to fail, and was answered with ${value.status}`] : []),
    ...(!failed && !fails && !seen.has(marker) ? ['was answered without its marker'] : []),
  ];
}
