import { expect } from 'chai';
import { converse, transcriptLength, SpokenDevice } from '../testing/conversation.ts';
import { recordingsWithPromptInBanner } from '../testing/prompt-in-banner.ts';

const characters = (text: string): readonly string[] => [...text];

describe('A prompt that stands in the banner of a configuration', () => {
  for (const named of recordingsWithPromptInBanner()) {
    for (const echoesAhead of [false, true]) {
      const terminal = echoesAhead ? 'a terminal that echoes ahead' : 'a terminal that echoes in turn';

      it(`does not end the configuration of ${named.model} at ${terminal}`, () => {
        const device = new SpokenDevice(named);

        const outcome = converse(device, { cutting: characters, echoesAhead });

        expect(outcome).to.deep.equal(converse(device));
        expect(outcome).to.have.nested.property('configuration.text').that.includes('below the banner');
      });

      it(`makes no part of it whole, wherever ${named.model} is cut off at ${terminal}`, () => {
        const device = new SpokenDevice(named);
        const whole = converse(device);

        const partial = (['lost', 'orderly'] as const).flatMap((how) =>
          Array.from({ length: transcriptLength(device) }, (_, cutAt) => ({ how, cutAt })).filter(({ cutAt }) => {
            const outcome = converse(device, { cutting: characters, echoesAhead, cutAt, end: { kind: 'closed', how } });
            return outcome.kind === 'done' && JSON.stringify(outcome) !== JSON.stringify(whole);
          }),
        );

        expect(partial).to.deep.equal([]);
      }).timeout(20_000);
    }
  }
});
