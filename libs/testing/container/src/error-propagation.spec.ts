import { err, ok } from '#kernel';
import { expect } from 'chai';
import type { ContainerModule } from 'inversify';
import { ContainerTest } from './container-test.ts';
import {
  Books,
  ConnectionLost,
  LendBook,
  libraryModule,
  LibraryTransaction,
  Postbox,
} from './fixtures/library.fixture.ts';

class LibraryTest extends ContainerTest {
  protected override modules(): readonly ContainerModule[] {
    return [libraryModule()];
  }
}

const t = LibraryTest.install();

/** The pattern for any use case: break each port once, see the error arrive as it is, and the service work afterwards. */
describe('a use case whose ports fail', () => {
  const lost = new ConnectionLost('The connection was lost.');
  const failing = [
    [
      'the transaction before it begins',
      ({ script }: LibraryTest) => script(LibraryTransaction, 'run').onNextCall().failsBeforeEffect(lost),
    ],
    ['a reading store', ({ script }: LibraryTest) => script(Books, 'find').onNextCall().failsBeforeEffect(lost)],
    [
      'a writing store, when it has written',
      ({ script }: LibraryTest) => script(Books, 'save').onNextCall().failsAfterEffect(lost),
    ],
  ] as const;

  for (const [what, fail] of failing) {
    it(
      `passes on the error of ${what} as it is, and works afterwards as if it had never been`,
      t.test(async (test) => {
        const lend = await test.get(LendBook);
        fail(test);

        const failed = await lend.execute('Emma', test).catch((error: unknown) => error);
        const next = await lend.execute('Emma', test);

        expect(failed).to.equal(lost);
        expect(next).to.deep.equal(ok('Emma'));
      }),
    );
  }

  it(
    'keeps what was committed when a port fails after the transaction',
    t.test(async ({ get, script, signal }) => {
      const lend = await get(LendBook);
      script(Postbox, 'send').onNextCall().failsBeforeEffect(lost);

      const failed = await lend.execute('Emma', { signal }).catch((error: unknown) => error);
      const next = await lend.execute('Emma', { signal });

      expect(failed).to.equal(lost);
      expect(next).to.deep.equal(err({ kind: 'AlreadyLent' }));
    }),
  );
});
