import { facts, noteFact, type CountedFact } from '#testing/runtime';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A failure that Mocha could not count any more, because its run had ended or could not go on. */
export type FailureBehindTheEnd = { readonly title: string; readonly error: string };

type Record = { readonly facts: readonly CountedFact[]; readonly failures: readonly FailureBehindTheEnd[] };

const failures: FailureBehindTheEnd[] = [];

/** Counts for the run, whatever Mocha's own totals say. */
export function noteFailureBehindTheEnd(failure: FailureBehindTheEnd): void {
  failures.push(failure);
}

export function failuresBehindTheEnd(): readonly FailureBehindTheEnd[] {
  return failures;
}

/** Leaves what this process has to tell in a folder, for the process that started it. Written again it replaces what was there. */
export function leaveRecord(folder: string): void {
  writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify({ facts: facts(), failures } satisfies Record));
}

/** Makes what other processes left in the folder part of this one's report. */
export function collectRecords(folder: string): void {
  for (const file of readdirSync(folder)) {
    const left = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record;
    for (const { count, ...fact } of left.facts) noteFact(fact, count);
    failures.push(...left.failures);
  }
}
