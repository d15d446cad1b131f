import { recordingsAtHand } from '#device-simulator/testing';
import { expect } from 'chai';
import { fc } from '#testing/properties';
import { converse, SpokenDevice, type Cutting } from '../testing/conversation.ts';
import { seededNumbers } from '../testing/seeded-numbers.ts';

const recordings = recordingsAtHand();
const named = fc.constantFrom(...recordings);
const RUNS = { numRuns: 60 };

/** Pieces of 1 to `longest` characters. */
function pieces(seed: number, longest: number): Cutting {
  const numbers = seededNumbers(seed);
  return (text) => {
    const cut: string[] = [];
    for (let at = 0; at < text.length;) {
      const length = 1 + (numbers() % longest);
      cut.push(text.slice(at, at + length));
      at += length;
    }
    return cut;
  };
}

describe('The pieces in which a text arrives', () => {
  it('do not change the outcome', () => {
    fc.assert(
      fc.property(named, fc.integer(), fc.constantFrom(1, 3, 17, 400), (recording, seed, longest) => {
        const device = new SpokenDevice(recording);

        const outcome = converse(device, { cutting: pieces(seed, longest) });

        expect(outcome).to.deep.equal(converse(device));
      }),
      RUNS,
    );
  });

  it('do not change the outcome when a pager stops the device after every few lines', () => {
    const calm = recordings.filter(({ file }) => !/synthetic-(?:leaf|floor)/.test(file));
    fc.assert(
      fc.property(fc.constantFrom(...calm), fc.integer(), fc.integer({ min: 1, max: 40 }), (recording, seed, lines) => {
        const outcome = converse(new SpokenDevice(recording, lines), { cutting: pieces(seed, 40) });

        expect(outcome).to.deep.equal(converse(new SpokenDevice(recording)));
      }),
      RUNS,
    );
  });

  it('never make a part of the configuration look whole, wherever the text of the prompt stands in it', () => {
    const places = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(named, fc.integer(), places, (recording, seed, lines) => {
        const device = new SpokenDevice(withPromptIn(recording, lines));
        const whole = converse(device);

        const outcome = converse(device, { cutting: pieces(seed, 30) });

        expect(whole.kind).to.equal('done');
        expect(outcome).to.deep.equal(whole);
      }),
      RUNS,
    );
  });
});

type Named = (typeof recordings)[number];

function withPromptIn(original: Named, places: readonly number[]): Named {
  const prompt = original.recording.initPrompt?.split('\n').at(-1)?.replaceAll('\r', '') ?? '';
  const longest = Math.max(...original.recording.exchanges.map(({ answer }) => answer.length));
  const exchanges = original.recording.exchanges.map(({ typed, answer }) => {
    if (answer.length < longest || prompt === '') return { typed, answer };
    const lines = answer.split('\n');
    // Below the echo and the header, and above the end of the configuration.
    for (const place of places) lines.splice(3 + (place % Math.max(1, lines.length - 6)), 0, prompt);
    return { typed, answer: lines.join('\n') };
  });
  return { ...original, recording: { ...original.recording, exchanges } };
}
