import { poolUsage } from '#platform/database';
import type { DataSource } from 'typeorm';
import type { ProcessDatabase } from './process-database.ts';

/** A connection on its way back, or one that was still being made when nobody waited for it any more, is not kept. */
const GRACE_MS = 500;

/** Thrown after a test that did not end what it began in the database. Its rows are gone, and its statements are ended. */
export class LeftOpen extends Error {
  constructor(findings: readonly string[]) {
    super(
      `The test has ended, but not what it began in its database:\n${findings.map((line) => `  ${line}`).join('\n')}`,
    );
    this.name = 'LeftOpen';
  }
}

/** Empties the database after a test, and throws when the test has left something at work in it. */
export async function leaveClean({ source, reset }: ProcessDatabase): Promise<void> {
  const leftovers = await reset.run();
  const findings = leftovers.map(({ state, query }) => `${state}: ${query}`);
  const kept = await connectionsKept(source);
  if (kept > 0)
    findings.push(`${kept} of the pool's connections not given back (a query runner that was not released?)`);
  if (findings.length === 0) return;
  // A pool may take a moment to notice that a session of its was ended: the next test gets a new one.
  await source.destroy();
  await reset.endEverySession();
  await source.initialize();
  throw new LeftOpen(findings);
}

async function connectionsKept(source: DataSource): Promise<number> {
  const patience = AbortSignal.timeout(GRACE_MS);
  while (poolUsage(source).checkedOut > 0 && !patience.aborted) await new Promise((resolve) => setImmediate(resolve));
  return poolUsage(source).checkedOut;
}
