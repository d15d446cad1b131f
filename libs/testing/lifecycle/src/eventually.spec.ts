import { expect } from 'chai';
import { AsyncTestBase } from './async-test-base.ts';
import { asMochaWould, messageOf } from './testing/as-mocha-would.ts';

class PlainTest extends AsyncTestBase {}
const t = PlainTest.install();

describe('eventually', () => {
  it(
    'answers what has come about',
    t.test(async ({ eventually }) => {
      let asked = 0;

      const answer = await eventually({
        what: 'the third answer',
        probe: () => ((asked += 1) === 3 ? 'here' : undefined),
      });

      expect([answer, asked]).to.deep.equal(['here', 3]);
    }),
  );

  it(
    'asks again where a probe throws',
    t.test(async ({ eventually }) => {
      const answers = [() => Promise.reject(new Error('connection refused')), () => Promise.resolve('here')];

      const answer = await eventually({ what: 'the server', probe: () => answers.shift()?.() });

      expect(answer).to.equal('here');
    }),
  );

  it('tells the states it saw before the last', async () => {
    const seen = [null, null];
    const probe = (): false | null => (seen.pop() === null ? null : false);

    const outcome = await asMochaWould(t, ({ eventually }) => eventually({ what: 'the end', probe, within: 400 }));

    expect(messageOf(outcome)).to.equal('Waited 400 ms for the end; the last answer was false, after null.');
  });

  it('tells the last error of a probe that threw, and keeps it as the cause', async () => {
    const refused = new Error('connection refused');

    const outcome = await asMochaWould(t, ({ eventually }) =>
      eventually({ what: 'the server', probe: () => Promise.reject(refused), within: 20 }),
    );

    expect(messageOf(outcome)).to.equal(
      'Waited 20 ms for the server; the last look failed with Error: connection refused.',
    );
    expect((outcome as Error).cause).to.equal(refused);
  });

  it('gives up a probe that does not answer, when the time is up, and aborts its signal', async () => {
    let given: AbortSignal | undefined;
    const answers = [() => Promise.resolve(null)];
    const probe = (signal: AbortSignal): Promise<null> => {
      given = signal;
      return answers.shift()?.() ?? new Promise(() => {});
    };

    const outcome = await asMochaWould(t, ({ eventually }) => eventually({ what: 'the end', probe, within: 120 }));

    expect(messageOf(outcome)).to.equal(
      'Waited 120 ms for the end, and a look did not answer; the last answer was null.',
    );
    expect(given?.aborted).to.equal(true);
  });

  it('says the same when the test is stopped before', async () => {
    const outcome = await asMochaWould(t, ({ eventually }) => eventually({ what: 'the end', probe: () => null }), 50);

    expect(messageOf(outcome)).to.match(
      /^Waited \d+ ms for the end until the test was stopped; the last answer was null\.$/,
    );
  });
});
