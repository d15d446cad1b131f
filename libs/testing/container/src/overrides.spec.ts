import { expect } from 'chai';
import { Container, ContainerModule } from 'inversify';
import { bindingGraph } from './binding-graph.ts';
import { ContainerTest } from './container-test.ts';
import { messageOf, outcomeOf } from './fixtures/outcome-of.ts';

abstract class Port {
  abstract text(): string;
}
abstract class Unbound {
  abstract text(): string;
}
abstract class Alias {
  abstract text(): string;
}
class Repository {
  readonly #port: Port;
  constructor(port: Port) {
    this.#port = port;
  }
  text(): string {
    return this.#port.text();
  }
}
class Service {
  readonly #repository: Repository;
  constructor(repository: Repository) {
    this.#repository = repository;
  }
  text(): string {
    return this.#repository.text();
  }
}
class AliasUser extends Service {}
class LookingUp extends Service {}

const shared = new ContainerModule(({ bind }) => {
  bind(Port).toResolvedValue(() => ({ text: () => 'real' }), []);
  bind(Alias).toService(Port);
  bind(Repository).toResolvedValue((port) => new Repository(port), [Port]);
  bind(Service).toResolvedValue((repository) => new Service(repository), [Repository]);
  bind(AliasUser).toResolvedValue((alias) => new AliasUser(new Repository(alias)), [Alias]);
  bind(LookingUp).toDynamicValue((context) => new LookingUp(new Repository(context.get(Port))));
});

class PortTest extends ContainerTest {
  protected override modules(): readonly ContainerModule[] {
    return [shared];
  }
}
class SetUpTest extends PortTest {
  protected override setUp(): void {
    this.override(Port, { text: () => 'of the hook' });
  }
}

const t = PortTest.install();
const inHook = SetUpTest.install();
const double = { text: () => 'double' };

describe('override', () => {
  it('refuses a port that no module binds', async () => {
    const outcome = await outcomeOf(t, ({ override }) => override(Unbound, double));

    expect(messageOf(outcome)).to.equal('Unbound cannot be overridden: no module of this test binds it.');
  });

  it('names everyone who holds the real one, and for whom', async () => {
    const outcome = await outcomeOf(t, async ({ get, override }) => {
      await get(Service);
      await get(AliasUser);
      override(Port, double);
    });

    expect(messageOf(outcome)).to.equal(
      'Port cannot be overridden any more: Repository (in Service) and AliasUser already hold the real one. Override before the first use.',
    );
  });

  it('refuses while a consumer is being built', async () => {
    const outcome = await outcomeOf(t, ({ get, override }) => {
      void get(Repository).catch(() => {});
      override(Port, double);
    });

    expect(messageOf(outcome)).to.include('Repository already holds the real one');
  });

  it('refuses what the test itself has asked for, also by an alias', async () => {
    const outcome = await outcomeOf(t, async ({ get, override }) => {
      await get(Alias);
      override(Port, double);
    });

    expect(messageOf(outcome)).to.include('the test has already asked for the real one');
  });

  it('refuses what was looked up by something whose dependencies cannot be seen', async () => {
    const outcome = await outcomeOf(t, async ({ get, override }) => {
      await get(LookingUp);
      override(Port, double);
    });

    expect(messageOf(outcome)).to.include('already built for something that looks things up itself');
  });

  it(
    'replaces an alias without what it stands for',
    t.test(async ({ get, override }) => {
      override(Alias, double);

      expect([(await get(AliasUser)).text(), (await get(Service)).text()]).to.deep.equal(['double', 'real']);
    }),
  );

  it(
    'replaces what an alias stands for',
    t.test(async ({ get, override }) => {
      override(Port, double);

      expect((await get(AliasUser)).text()).to.equal('double');
    }),
  );

  it(
    'works in a hook, and the test may think better of it',
    inHook.test(async ({ get, override }) => {
      override(Port, double);

      expect((await get(Service)).text()).to.equal('double');
    }),
  );

  it(
    'works in a hook alone',
    inHook.test(async ({ get }) => {
      expect((await get(Service)).text()).to.equal('of the hook');
    }),
  );

  it('reports every double that nothing asked for', async () => {
    const outcome = await outcomeOf(t, ({ override }) => {
      override(Port, double);
      override(Alias, double);
    });

    expect(messageOf(outcome)).to.equal('Overridden, but nothing asked for it: Port, Alias.');
  });

  it(
    'takes a double that has dependencies',
    t.test(async ({ get, overrideWith }) => {
      overrideWith(Alias, (bind) => bind.toResolvedValue((port) => ({ text: () => `not ${port.text()}` }), [Port]));

      expect((await get(AliasUser)).text()).to.equal('not real');
    }),
  );

  it('releases a double that the container built, and not one that it was given', async () => {
    const released: string[] = [];
    const disposable = (name: string) => ({ text: () => name, [Symbol.dispose]: () => void released.push(name) });

    const outcome = await outcomeOf(t, async ({ get, override, overrideWith }) => {
      overrideWith(Port, (bind) => bind.toResolvedValue(() => disposable('built'), []));
      override(Alias, disposable('given'));
      await get(AliasUser);
      await get(Port);
    });

    expect(messageOf(outcome)).to.equal('passed');
    expect(released).to.deep.equal(['built']);
  });

  it('leaves the bindings of a shared module as they were', async () => {
    const fingerprint = (): string => {
      const container = new Container();
      container.load(shared);
      return JSON.stringify(bindingGraph(container), (key, value: unknown) => (key === 'token' ? undefined : value));
    };
    const before = fingerprint();

    await outcomeOf(t, async ({ get, override }) => {
      override(Port, double);
      await get(Service);
    });

    expect(fingerprint()).to.equal(before);
  });
});
