import { inTest, RunningTest } from '#testing/runtime';
import { expect } from 'chai';
import type { ContainerTest } from './container-test.ts';
import { messageOf, outcomeOf } from './fixtures/outcome-of.ts';
import { bindPort, Consumer, Port, says, testOver } from './fixtures/situation.ts';

abstract class Settings {
  abstract readonly colours: string[];
}

/** The situations in which Inversify's snapshots and children mix up what tests have replaced; the numbers are those of the eighteen. */
describe('doubles in containers that tests share', () => {
  let log: string[];

  beforeEach(() => {
    log = [];
  });

  it('4: refuses to replace what a consumer holds, and names both', async () => {
    const outcome = await outcomeOf(testOver(bindPort), async ({ get, override }) => {
      await get(Consumer);
      override(Port, says('double'));
    });

    expect(messageOf(outcome)).to.include('Port cannot be overridden any more: Consumer already holds the real one');
  });

  it('5: keeps overlapping overrides apart', async () => {
    const test = testOver(bindPort);
    const first = Promise.withResolvers<void>();
    const heard = async (text: string, until: Promise<void>) =>
      outcomeOf(test, async ({ get, override }) => {
        override(Port, says(text));
        await until;
        log.push((await get(Consumer)).port.text());
      });

    const late = heard('late', first.promise);
    await heard('early', Promise.resolve());
    first.resolve();
    await late;

    expect(log).to.deep.equal(['early', 'late']);
  });

  it('6: leaves no double in a singleton of the next test', async () => {
    const test = testOver(bindPort);

    await outcomeOf(test, async ({ get, override }) => {
      override(Port, says('double'));
      await get(Consumer);
    });
    await outcomeOf(test, async ({ get }) => log.push((await get(Consumer)).port.text()));

    expect(log).to.deep.equal(['real']);
  });

  it('7: lets a double work although another test has built the consumer', async () => {
    const test = testOver(bindPort);

    await outcomeOf(test, ({ get }) => get(Consumer));
    await outcomeOf(test, async ({ get, override }) => {
      override(Port, says('double'));
      log.push((await get(Consumer)).port.text());
    });

    expect(log).to.deep.equal(['double']);
  });

  it('9: refuses one double for several bindings, and lets several keep their names', async () => {
    const test = testOver(({ bind }) => {
      bind(Port).toConstantValue(says('a')).whenNamed('a');
      bind(Port).toConstantValue(says('b')).whenNamed('b');
      bind(Consumer).toResolvedValue((port) => new Consumer(port), [{ serviceIdentifier: Port, name: 'b' }]);
    });

    const refused = await outcomeOf(test, ({ override }) => override(Port, says('double')));
    await outcomeOf(test, async ({ get, overrideAll }) => {
      overrideAll(Port, [says('double of a'), says('double of b')]);
      log.push((await get(Consumer)).port.text());
    });

    expect(messageOf(refused)).to.include('Port is bound 2 times');
    expect(log).to.deep.equal(['double of b']);
  });

  it('16: covers everything that a test can reach: nothing is outside of its container', async () => {
    const test = testOver(bindPort);

    await outcomeOf(test, async ({ get, override }) => {
      override(Port, says('double'));
      await get(Port);
    });
    await outcomeOf(test, async ({ get }) => log.push((await get(Port)).text()));

    expect(log).to.deep.equal(['real']);
  });

  it('17: refuses a constant that a test has changed for others, and names it and the test', async () => {
    const settings = { colours: ['red'] };
    const test = testOver(({ bind }) => void bind(Settings).toConstantValue(settings));
    const named = (title: string, body: (test: ContainerTest) => unknown): Promise<unknown> =>
      inTest(new RunningTest({ title }), () => outcomeOf(test, body));

    await named('paints', async ({ get }) => (await get(Settings)).colours.push('blue'));
    const outcome = await named('counts', ({ get }) => get(Settings));

    expect(messageOf(outcome)).to.include(
      'Settings is one object in several tests, and has been changed since "paints" got it',
    );
  });

  it('18: gives a late lookup the double of its test, and that of no other', async () => {
    abstract class Lookup {
      abstract port(): Port;
    }
    const test = testOver((options) => {
      bindPort(options);
      options.bind(Lookup).toDynamicValue((context) => ({ port: () => context.get(Port) }));
    });

    await outcomeOf(test, async ({ get, override }) => {
      const lookup = await get(Lookup);
      override(Port, says('double'));
      log.push(lookup.port().text());
    });
    await outcomeOf(test, async ({ get }) => log.push((await get(Lookup)).port().text()));

    expect(log).to.deep.equal(['double', 'real']);
  });
});
