import { expect } from 'chai';
import { ContainerModule } from 'inversify';
import { ContainerTest } from './container-test.ts';

abstract class Greeting {
  abstract text(): string;
}
class Greeter implements AsyncDisposable {
  static readonly released: string[] = [];
  readonly #greeting: Greeting;
  constructor(greeting: Greeting) {
    this.#greeting = greeting;
  }
  greet(): string {
    return `${this.#greeting.text()}!`;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    Greeter.released.push(this.#greeting.text());
  }
}
abstract class Unbound {
  abstract anything(): void;
}

class GreetingTest extends ContainerTest {
  protected override modules(): readonly ContainerModule[] {
    return [
      new ContainerModule(({ bind }) => {
        bind(Greeting).toConstantValue({ text: () => 'hello' });
        bind(Greeter).toResolvedValue((greeting) => new Greeter(greeting), [Greeting]);
      }),
    ];
  }
}

const t = GreetingTest.install();

async function failureOf(body: (test: GreetingTest) => unknown): Promise<string> {
  const context = { timeout: () => 2_000 } as unknown as Mocha.Context;
  return t
    .test(body)
    .call(context)
    .then(
      () => 'passed',
      (error: unknown) => (error as Error).message,
    );
}

describe('ContainerTest', () => {
  it(
    'gives the test what the modules bind',
    t.test(async ({ get }) => {
      const greeter = await get(Greeter);

      expect(greeter.greet()).to.equal('hello!');
    }),
  );

  it(
    'puts a double in the place of a port',
    t.test(async ({ get, override }) => {
      override(Greeting, { text: () => 'moin' });

      expect((await get(Greeter)).greet()).to.equal('moin!');
    }),
  );

  it('keeps the overrides of a hundred overlapping tests apart', async () => {
    const greetings = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        let heard = '';
        await failureOf(async ({ get, override }) => {
          override(Greeting, { text: () => `hello ${index}` });
          await Promise.resolve();
          heard = (await get(Greeter)).greet();
        });
        return heard;
      }),
    );

    expect(greetings).to.deep.equal(Array.from({ length: 100 }, (_, index) => `hello ${index}!`));
  });

  it('refuses a port that no module binds', async () => {
    const failure = await failureOf(({ override }) => override(Unbound, { anything: () => {} }));

    expect(failure).to.equal('Unbound cannot be overridden: no module of this test binds it.');
  });

  it('refuses a port that someone already holds, and names the holder', async () => {
    const failure = await failureOf(async ({ get, override }) => {
      await get(Greeter);
      override(Greeting, { text: () => 'too late' });
    });

    expect(failure).to.equal(
      'Greeting cannot be overridden any more: Greeter already holds the real one. Override before the first use.',
    );
  });

  it('fails a test whose double was never asked for', async () => {
    const failure = await failureOf(({ override }) => override(Greeting, { text: () => 'unheard' }));

    expect(failure).to.equal('Overridden, but nothing asked for it: Greeting.');
  });

  it('releases what the container built', async () => {
    Greeter.released.length = 0;

    await failureOf(async ({ get, override }) => {
      override(Greeting, { text: () => 'released' });
      await get(Greeter);
    });

    expect(Greeter.released).to.deep.equal(['released']);
  });
});
