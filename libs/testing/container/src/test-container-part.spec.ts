import { AsyncTestBase, type Part } from '#testing/lifecycle';
import { expect } from 'chai';
import { Consumer, Port, says } from './fixtures/situation.ts';
import { ContainerModule } from 'inversify';
import { TestContainerPart } from './test-container-part.ts';

/** Opens something that modules are made from, as a database does. */
class TestText implements Part {
  text: string | undefined;
  setUp(): void {
    this.text = 'from another part';
  }
}

class ComposedTest extends AsyncTestBase {
  readonly container = this.part(new TestContainerPart(() => this.#modules()));
  readonly other = this.part(new TestText());

  #modules(): readonly ContainerModule[] {
    const { text = 'too early' } = this.other;
    return [
      new ContainerModule(({ bind }) => {
        bind(Port).toConstantValue(says(text));
        bind(Consumer).toResolvedValue((port) => new Consumer(port), [Port]);
      }),
    ];
  }
}

const t = ComposedTest.install();

describe('TestContainerPart', () => {
  it(
    'gives any base a container, made from its other parts whatever their order',
    t.test(async ({ container: { get, calls } }) => {
      const { port } = await get(Consumer);

      expect(port.text()).to.equal('from another part');
      expect(calls(Port).map(({ what }) => what)).to.deep.equal(['Port.text']);
    }),
  );

  it('fails the test whose double nobody asks for', async () => {
    const context = { timeout: () => 2_000 } as unknown as Mocha.Context;

    const failure = await t
      .test(({ container }) => container.override(Port, says('unheard')))
      .call(context)
      .then(String, (error: Error) => error.message);

    expect(failure).to.equal('Overridden, but nothing asked for it: Port.');
  });

  it('says when it is there', () => {
    const part = new TestContainerPart(() => []);

    expect(() => part.calls(Port)).to.throw('once the test runs');
  });
});
