import { closeSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import type { RunningTest } from '#testing/runtime';
import { enter, openOf, owners } from './ledger.ts';

const LIST = '/proc/self/fd';

type Before = { readonly numbers: ReadonlySet<string>; alone: boolean };

const before = new Map<RunningTest, Before>();

/**
 * Remembers which file descriptors are open when a test begins; on Linux only, elsewhere nobody tells.
 *
 * Numbers have no owner: a test that overlaps with another is not judged by them.
 */
export function noteDescriptors(test: RunningTest): void {
  for (const other of before.values()) other.alone = false;
  before.set(test, { numbers: openNumbers(), alone: before.size === 0 });
}

/** Enters the files that were opened since into the ledger, by path: nobody knows any more which line opened them. */
export function enterDescriptors(test: RunningTest): void {
  const then = before.get(test);
  before.delete(test);
  if (then?.alone !== true || then.numbers.size === 0) return;
  for (const number of openNumbers()) {
    const path = then.numbers.has(number) ? undefined : fileOf(number);
    if (path === undefined || isKnown(Number(number))) continue;
    enter({
      owner: test,
      what: `file descriptor ${number} of ${path}`,
      place: undefined,
      advice: 'close it',
      isOpen: () => fileOf(number) === path,
    });
  }
}

/** A FileHandle has a descriptor too, and a better entry. */
function isKnown(number: number): boolean {
  return owners().some((owner) => openOf(owner).some(({ descriptor }) => descriptor === number));
}

function openNumbers(): ReadonlySet<string> {
  try {
    // The listing takes the lowest free number itself, which is the one that is handed out here.
    const own = openSync('/dev/null', 'r');
    closeSync(own);
    const numbers = new Set(readdirSync(LIST));
    numbers.delete(String(own));
    return numbers;
  } catch {
    return new Set();
  }
}

/** Sockets, pipes and devices have other keepers. */
function fileOf(number: string): string | undefined {
  try {
    const path = readlinkSync(`${LIST}/${number}`);
    return path.startsWith('/') && !/^\/(dev|proc|sys|memfd:)/.test(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
