import {
  converse,
  recordingsWithPromptInBanner,
  seededNumbers,
  SpokenDevice,
  transcriptLength,
} from '#backups/domain/testing';
import type { Cut } from '#device-simulator';
import { recordingsAtHand } from '#device-simulator/testing';
import { expect } from 'chai';
import { modelOf, SshTest } from './testing/ssh-test.ts';

const POINTS = 5_000;
const END = 4_096;
const POINTS_OVER_SSH = 200;
const NEVER = 1_000_000;
const SEED = 20_260_105;

const recordings = recordingsAtHand();

describe('A dialogue that is cut off', () => {
  for (const [what, end] of [
    ['lost', { kind: 'closed', how: 'lost' }],
    ['closed', { kind: 'closed', how: 'orderly' }],
    ['silent', { kind: 'silence' }],
  ] as const) {
    it(`never takes a part for the whole when the connection is ${what}`, function () {
      this.timeout(120_000);
      const each = Math.ceil(POINTS / recordings.length);
      let points = 0;
      const partial = recordings.flatMap((named) => {
        const device = new SpokenDevice(named);
        const whole = converse(device);
        expect(whole.kind, named.file).to.equal('done');

        const cuts = cutPoints(transcriptLength(device), each);
        points += cuts.length;
        return cuts
          .map((cutAt) => ({ file: named.file, cutAt, outcome: converse(device, { cutAt, end }) }))
          .filter(({ outcome }) => outcome.kind === 'done' && !isSame(outcome, whole));
      });

      expect(partial).to.deep.equal([]);
      expect(points).to.be.at.least(POINTS);
    });
  }
});

describe('A device that is cut off while it is collected', () => {
  const t = SshTest.install();
  const each = Math.ceil(POINTS_OVER_SSH / recordings.length);
  const ways: readonly Cut[] = ['reset', 'fin', 'close'];

  for (const named of recordings) {
    const test = t.test(async ({ start, collect }) => {
      const device = await start(named);
      const length = Buffer.byteLength(device.configurationAnswer(modelOf(named.model).mode));
      const numbers = seededNumbers(SEED);

      const accepted: unknown[] = [];
      for (let cut = 0; cut < each; cut += 1) {
        // Half of them in the last few bytes, where a part looks most like the whole.
        const afterBytes = cut % 2 === 0 ? numbers() % length : Math.max(0, length - 1 - cut);
        device.faults = { cut: { afterBytes, by: ways[cut % ways.length] ?? 'reset' } };
        const outcome = await collect(device, named);
        if (outcome.ok) accepted.push({ afterBytes, by: ways[cut % ways.length], text: outcome.value.text });
      }

      expect(accepted).to.deep.equal([]);
    });
    it(`never yields a part of ${named.file} over SSH`, test).timeout(60_000);
  }
});

describe('A device that is cut off around the line ends and prompts of a banner with a prompt', () => {
  const t = SshTest.install();
  const ways: readonly Cut[] = ['reset', 'fin', 'close'];

  for (const named of recordingsWithPromptInBanner()) {
    const test = t.test(async ({ start, collect }) => {
      const device = await start(named);
      const answer = device.configurationAnswer(modelOf(named.model).mode);

      const accepted: unknown[] = [];
      // Every other byte is tried without a connection, where the dialogue is.
      for (const [nth, afterBytes] of lineEnds(answer).entries()) {
        const by = ways[nth % ways.length] ?? 'reset';
        device.faults = { chunkBytes: 1, cut: { afterBytes, by } };
        // The clock stands still: what goes on without a pause is never quiet.
        const outcome = await collect(device, named, { quiet: NEVER });
        if (outcome.ok) accepted.push({ afterBytes, by, text: outcome.value.text });
      }

      expect(accepted).to.deep.equal([]);
    });
    it(`never yields a part of a configuration of ${named.model}`, test).timeout(60_000);
  }
});

/** Behind each line, behind its end, and behind all that looks like a prompt. */
function lineEnds(answer: string): readonly number[] {
  const ends = [...answer.matchAll(/\r?\n|[#>] ?(?=\r?\n)/g)].flatMap(({ index, 0: end }) => [
    index,
    index + end.length,
  ]);
  return [...new Set(ends)].map((end) => Buffer.byteLength(answer.slice(0, end)));
}

/** Every character of the end, as far as it goes, and points all over the rest. */
function cutPoints(length: number, atLeast: number): readonly number[] {
  const points = new Set(Array.from({ length: Math.min(END, length) }, (_, back) => length - 1 - back));
  const numbers = seededNumbers(SEED);
  while (points.size < Math.min(atLeast, length)) points.add(numbers() % length);
  return [...points];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
