import { inTest, outsideTests, RunningTest } from '#testing/runtime';
import { expect } from 'chai';
import { TestContainer } from './test-container.ts';
import { InMemoryPostbox, LendBook, libraryModule, LibraryTransaction, Postbox } from './fixtures/library.fixture.ts';
import { ContainerModule } from 'inversify';
import { messageOf } from './fixtures/outcome-of.ts';

const { signal } = new AbortController();

/** A test that keeps what it is blamed for to itself. */
class Blamed extends RunningTest {
  readonly blamedFor: string[] = [];
  override fail(error: unknown): void {
    this.blamedFor.push(messageOf(error));
  }
}

async function opened() {
  const postbox = new InMemoryPostbox();
  const owner = new Blamed({ title: 'sends a letter' });
  const container = inTest(owner, () => new TestContainer([libraryModule()]));
  container.override(Postbox, postbox);
  const port = await container.get(Postbox);
  return { owner, container, sent: postbox.sent, send: () => port.send('late', signal) };
}

describe('a late call', () => {
  it('throws with the name of the test and the line, before the adapter is reached, and fails the test', async () => {
    const { owner, sent, send } = await opened();
    owner.end();

    const refused = messageOf(await inTest(owner, send).catch((error: unknown) => error));

    expect(refused).to.match(
      /^Postbox\.send was called by "sends a letter" after it had ended, at .*late-calls\.spec\.ts:\d+:\d+\)?\. Await the work/,
    );
    expect(sent).to.deep.equal([]);
    expect(owner.blamedFor).to.deep.equal([refused]);
  });

  it('is one of a container that is released, whoever seems to call', async () => {
    const { owner, container, sent, send } = await opened();
    await container[Symbol.asyncDispose]();
    owner.end();

    const lost = await outsideTests(send).catch(messageOf);
    const another = await inTest(new RunningTest({ title: 'another' }), send).catch(messageOf);

    for (const refused of [lost, another])
      expect(refused).to.include('was called by "sends a letter" after it had ended');
    expect(sent).to.deep.equal([]);
  });

  it('is none of what a hook has opened, such as a server, which serves the tests after it', async () => {
    const { sent, send } = await opened();
    const hook = new RunningTest({ title: '"before all" hook', isHook: true });
    hook.end();

    await inTest(hook, send);

    expect(sent).to.deep.equal(['late']);
  });

  it('is none when the container was made in a hook, which is over, and still serves', async () => {
    const { owner, sent, send } = await opened();
    owner.end();

    await inTest(new RunningTest({ title: 'of the same suite' }), send);

    expect(sent).to.deep.equal(['late']);
  });

  it('is none in a clean-up of the test that owns the container', async () => {
    const { owner, container, sent, send } = await opened();
    await container[Symbol.asyncDispose]();

    await inTest(owner, send);

    expect(sent).to.deep.equal(['late']);
  });

  it('inside of a transaction undoes it', async () => {
    const owner = new Blamed({ title: 'lends a book' });
    const container = inTest(owner, () => new TestContainer([libraryModule()]));
    const transaction = await container.get(LibraryTransaction);
    const lend = new LendBook(transaction, { send: async () => {} });

    const lending = inTest(owner, () => lend.execute('Emma', { signal }));
    owner.end();

    expect(messageOf(await lending.catch((error: unknown) => error))).to.include(
      'Books.save was called by "lends a book" after it had ended, at',
    );
  });

  it('may end what it began', async () => {
    const ended: string[] = [];
    class Feed {
      async *[Symbol.asyncIterator](): AsyncGenerator<number> {
        try {
          yield 1;
        } finally {
          ended.push('iteration');
        }
      }
      async [Symbol.asyncDispose](): Promise<void> {
        ended.push('feed');
      }
    }
    abstract class Feeds {
      abstract open(): Promise<Feed>;
    }
    const owner = new Blamed({ title: 'reads a feed' });
    const module = new ContainerModule(
      ({ bind }) => void bind(Feeds).toConstantValue({ open: async () => new Feed() }),
    );
    await inTest(owner, async () => {
      const feed = await (await new TestContainer([module]).get(Feeds)).open();
      const items = feed[Symbol.asyncIterator]();
      await items.next();
      owner.end();
      await items.return?.(undefined);
      await feed[Symbol.asyncDispose]();
    });

    expect(ended).to.deep.equal(['iteration', 'feed']);
    expect(owner.blamedFor).to.deep.equal([]);
  });
});
