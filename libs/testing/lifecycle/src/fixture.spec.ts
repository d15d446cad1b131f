import { expect } from 'chai';
import { AsyncTestBase } from './async-test-base.ts';
import { FixtureSet } from './fixture-set.ts';
import { asMochaWould, messageOf } from './testing/as-mocha-would.ts';

class Session implements AsyncDisposable {
  readonly user: string;
  readonly #released: string[];
  constructor(user: string, released: string[]) {
    this.user = user;
    this.#released = released;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    this.#released.push(`session of ${this.user}`);
  }
}

class SampleTest extends AsyncTestBase {
  readonly released: string[] = [];
  made = 0;

  readonly user = this.fixture(async () => {
    this.made += 1;
    return new Session('alice', this.released);
  });
  readonly session = this.fixture(async () => new Session(`${(await this.user()).user}'s`, this.released));
  readonly broken = this.fixture(() => Promise.reject(new Error('no such device')));
  readonly onBroken = this.fixture(() => this.broken());
  readonly egg = this.fixture((): Promise<string> => this.hen());
  readonly hen = this.fixture((): Promise<string> => this.egg());
}
const t = SampleTest.install();

describe('A fixture', () => {
  it(
    'is made by the first who asks, and shared by all who ask at once',
    t.test(async (test) => {
      const before = test.made;

      const [one, two] = await Promise.all([test.user(), test.user()]);

      expect(before).to.equal(0);
      expect(one).to.equal(two);
      expect(test.made).to.equal(1);
    }),
  );

  it('may ask for another, which is released after it', async () => {
    let released: readonly string[] = [];

    const outcome = await asMochaWould(t, async (test) => {
      released = test.released;
      expect((await test.session()).user).to.equal("alice's");
    });

    expect(outcome).to.equal('passed');
    expect(released).to.deep.equal(["session of alice's", 'session of alice']);
  });

  it('fails by its name, and by the names of those that need it', async () => {
    const outcome = await asMochaWould(t, ({ onBroken }) => onBroken());

    expect(messageOf(outcome)).to.equal('The fixture onBroken failed: The fixture broken failed: no such device');
  });

  it('says so when it needs itself', async () => {
    const outcome = await asMochaWould(t, ({ egg }) => egg());

    expect(messageOf(outcome)).to.include('Fixtures need each other in a circle: hen → egg → hen.');
  });

  it('says so when two that need each other are asked for at once', async () => {
    const outcome = await asMochaWould(t, ({ egg, hen }) => Promise.all([egg(), hen()]));

    expect(messageOf(outcome)).to.include('in a circle');
  });
});

class CallbackTest extends AsyncTestBase {
  readonly request = Promise.withResolvers<void>();
  readonly server = this.fixture(async () => {
    // Without await: it waits behind the end of the fixture, and still in its context.
    return { answer: this.request.promise.then(() => this.client()) };
  });
  readonly client = this.fixture(async () => {
    await this.server();
    return 'the client of the server';
  });
}
const callback = CallbackTest.install();

describe('What a fixture has started and left', () => {
  it(
    'may ask for fixtures that need the one it comes from',
    callback.test(async ({ server, request }) => {
      const { answer } = await server();

      request.resolve();

      expect(await answer).to.equal('the client of the server');
    }),
  );
});

class Accounts extends FixtureSet {
  readonly released: string[] = [];
  readonly user = this.fixture(() => new Session('bob', this.released));
  readonly token = this.fixture(async () => `token of ${(await this.user()).user}`);
  readonly broken = this.fixture(() => Promise.reject(new Error('no such account')));
}

class ApiTest extends AsyncTestBase {
  readonly accounts = this.part(new Accounts());
}
const api = ApiTest.install();

describe('A set of fixtures', () => {
  it(
    'belongs to every base that it is a part of',
    api.test(async ({ accounts: { token } }) => {
      expect(await token()).to.equal('token of bob');
    }),
  );

  it('is released with the test', async () => {
    let released: readonly string[] = [];

    await asMochaWould(api, async ({ accounts }) => {
      released = accounts.released;
      await accounts.user();
    });

    expect(released).to.deep.equal(['session of bob']);
  });

  it('names the set and the fixture that failed', async () => {
    const outcome = await asMochaWould(api, ({ accounts }) => accounts.broken());

    expect(messageOf(outcome)).to.equal('The fixture Accounts.broken failed: no such account');
  });
});

/** Whether `({ [N] }) => …` compiles in a test of this base. */
type Offers<T, N extends string> = N extends keyof T ? true : false;

describe('The names of a test', () => {
  it('do not compile when they are wrong, or are the business of the base', () => {
    const fixture: Offers<SampleTest, 'user'> = true;
    const misspelt: Offers<SampleTest, 'usr'> = false;
    const ownBusiness: Offers<SampleTest, 'setUp' | 'part' | 'fixture' | 'graceMs'> = false;
    const inherited: Offers<SampleTest, 'signal'> = true;

    expect([fixture, misspelt, ownBusiness, inherited]).to.deep.equal([true, false, false, true]);
  });

  it('have types', () => {
    const made: Awaited<ReturnType<SampleTest['user']>> extends Session ? true : false = true;
    const needsAsking: SampleTest['user'] extends Session ? true : false = false;

    expect([made, needsAsking]).to.deep.equal([true, false]);
  });
});
