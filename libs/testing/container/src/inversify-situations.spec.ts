import type { InstalledTest } from '#testing/lifecycle';
import { inTest, RunningTest } from '#testing/runtime';
import { expect } from 'chai';
import { ContainerModule, type ContainerModuleLoadOptions } from 'inversify';
import { ContainerTest } from './container-test.ts';
import { messageOf, outcomeOf } from './fixtures/outcome-of.ts';

abstract class Port {
  abstract text(): string;
}
class Consumer {
  readonly port: Port;
  constructor(port: Port) {
    this.port = port;
  }
}
abstract class Settings {
  abstract readonly colours: string[];
}

const real = { text: () => 'real' };
const says = (text: string): Port => ({ text: () => text });
const bindPort = ({ bind }: ContainerModuleLoadOptions): void => {
  bind(Port).toResolvedValue(() => ({ ...real }), []);
  bind(Consumer).toResolvedValue((port) => new Consumer(port), [Port]);
};

/** A class of tests over one module, which all of them share. */
function testOver(load: (options: ContainerModuleLoadOptions) => void): InstalledTest<ContainerTest> {
  const modules = [new ContainerModule(load)];
  class SituationTest extends ContainerTest {
    protected override modules(): readonly ContainerModule[] {
      return modules;
    }
  }
  return SituationTest.install();
}

/** In which Inversify's snapshots, children and unbinding do something that a test would not expect. */
describe('what Inversify does with containers that tests share', () => {
  let log: string[];

  beforeEach(() => {
    log = [];
  });

  it('1: deactivates what was built from an override', async () => {
    await outcomeOf(testOver(bindPort), async ({ get, overrideWith }) => {
      overrideWith(Port, (bind) =>
        bind.toResolvedValue(() => says('double'), []).onDeactivation(() => void log.push('deactivated')),
      );
      await get(Consumer);
    });

    expect(log).to.deep.equal(['deactivated']);
  });

  it('2: gives no test what was built for one before', async () => {
    const test = testOver(bindPort);
    const built: Consumer[] = [];

    for (let round = 0; round < 2; round += 1)
      await outcomeOf(test, async ({ get }) => built.push(await get(Consumer)));

    expect(built[0]).not.to.equal(built[1]);
  });

  it('3: deactivates what a test built', async () => {
    const test = testOver(({ bind }) => {
      bind(Port)
        .toResolvedValue(() => says('real'), [])
        .onDeactivation(() => void log.push('deactivated'));
    });

    await outcomeOf(test, ({ get }) => get(Port));

    expect(log).to.deep.equal(['deactivated']);
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

  it('8: never takes down what another test is served by', async () => {
    const test = testOver(({ bind }) => {
      bind(Port)
        .toResolvedValue(() => says('real'), [])
        .onDeactivation(() => void log.push('deactivated'));
    });
    const other = Promise.withResolvers<void>();

    const served = outcomeOf(test, async ({ get }) => {
      const port = await get(Port);
      await other.promise;
      log.push(port.text());
    });
    await outcomeOf(test, async ({ get, override }) => {
      override(Port, says('double'));
      await get(Port);
    });
    other.resolve();
    await served;

    expect(log).to.deep.equal(['real', 'deactivated']);
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

  it('10: builds an asynchronous singleton once for all who ask at once', async () => {
    const test = testOver(({ bind }) => {
      bind(Port).toResolvedValue(async () => {
        log.push('built');
        return says('real');
      }, []);
    });

    await outcomeOf(test, ({ get }) => Promise.all([get(Port), get(Port)]));

    expect(log).to.deep.equal(['built']);
  });

  it('11: lets no test inherit that something could not be built', async () => {
    let attempts = 0;
    const test = testOver(({ bind }) => {
      bind(Port).toResolvedValue(async () => {
        attempts += 1;
        if (attempts === 1) throw new Error('no connection');
        return says('real');
      }, []);
    });

    const first = await outcomeOf(test, ({ get }) => get(Port));
    const second = await outcomeOf(test, ({ get }) => get(Port));

    expect([messageOf(first), second]).to.deep.equal(['no connection', 'passed']);
  });

  it('12: waits for an asynchronous deactivation', async () => {
    const test = testOver(({ bind }) => {
      bind(Port)
        .toResolvedValue(() => says('real'), [])
        .onDeactivation(async () => {
          await new Promise(setImmediate);
          log.push('deactivated');
        });
    });

    await outcomeOf(test, ({ get }) => get(Port));

    expect(log).to.deep.equal(['deactivated']);
  });

  it('13: runs the other deactivations when one throws, and names it', async () => {
    const test = testOver(({ bind }) => {
      bind(Port)
        .toResolvedValue(() => says('real'), [])
        .onDeactivation(() => void log.push('port'));
      bind(Consumer)
        .toResolvedValue((port) => new Consumer(port), [Port])
        .onDeactivation(() => {
          throw new Error('the consumer does not stop');
        });
    });

    const outcome = await outcomeOf(test, ({ get }) => get(Consumer));

    expect(messageOf(outcome)).to.include('the consumer does not stop');
    expect(log).to.deep.equal(['port']);
  });

  it('14: deactivates in the reverse order of construction', async () => {
    const test = testOver(({ bind }) => {
      bind(Port)
        .toResolvedValue(() => says('real'), [])
        .onDeactivation(() => void log.push('port'));
      bind(Consumer)
        .toResolvedValue((port) => new Consumer(port), [Port])
        .onDeactivation(async () => {
          await new Promise(setImmediate);
          log.push('consumer');
        });
    });

    await outcomeOf(test, ({ get }) => get(Consumer));

    expect(log).to.deep.equal(['consumer', 'port']);
  });

  it('15: releases what is still being built when its test ends', async () => {
    const connected = Promise.withResolvers<void>();
    const test = testOver(({ bind }) => {
      bind(Port).toResolvedValue(async () => {
        await connected.promise;
        return { ...real, [Symbol.dispose]: () => void log.push('released') };
      }, []);
    });
    let building: Promise<unknown> | undefined;

    await outcomeOf(test, ({ get }) => {
      building = get(Port).catch((error: unknown) => error);
    });
    connected.resolve();

    expect(messageOf(await building)).to.include(
      'The test is over: Port, and whatever was built for it behind the end, is released.',
    );
    expect(log).to.deep.equal(['released']);
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
