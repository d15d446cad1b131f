import { expect } from 'chai';
import { messageOf, outcomeOf } from './fixtures/outcome-of.ts';
import { bindPort, Consumer, Port, says, testOver } from './fixtures/situation.ts';

/** The situations in which Inversify's snapshots and unbinding lose what was built; the numbers are those of the eighteen. */
describe('lifetimes in containers that tests share', () => {
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
        return { text: () => 'real', [Symbol.dispose]: () => void log.push('released') };
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
});
