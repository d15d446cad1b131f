import { ok } from '#kernel';
import { expect } from 'chai';
import type { ContainerModule } from 'inversify';
import { ContainerTest } from './container-test.ts';
import {
  Books,
  ConnectionLost,
  InMemoryPostbox,
  LendBook,
  libraryModule,
  Postbox,
} from './fixtures/library.fixture.ts';
import { messageOf, outcomeOf } from './fixtures/outcome-of.ts';

class LibraryTest extends ContainerTest {
  protected override modules(): readonly ContainerModule[] {
    return [libraryModule()];
  }
}

const t = LibraryTest.install();
const lost = new ConnectionLost('The connection was lost.');
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'answered',
    (error: unknown) => error,
  );

describe('script', () => {
  it(
    'fails a call before its effect',
    t.test(async ({ get, script, override, signal }) => {
      const postbox = new InMemoryPostbox();
      override(Postbox, postbox);
      script(Postbox, 'send').failsBeforeEffect(lost);

      const failure = await failureOf((await get(LendBook)).execute('Emma', { signal }));

      expect(failure).to.equal(lost);
      expect(postbox.sent).to.deep.equal([]);
    }),
  );

  it(
    'fails a call after its effect',
    t.test(async ({ get, script, override, signal }) => {
      const postbox = new InMemoryPostbox();
      override(Postbox, postbox);
      script(Postbox, 'send').failsAfterEffect(lost);

      const failure = await failureOf((await get(LendBook)).execute('Emma', { signal }));

      expect(failure).to.equal(lost);
      expect(postbox.sent).to.deep.equal(['Emma was lent']);
    }),
  );

  it(
    'gives each of several statements about the next call a call of its own, in their order',
    t.test(async ({ get, script, signal }) => {
      const later = new ConnectionLost('The connection was lost again.');
      script(Postbox, 'send').onNextCall().failsBeforeEffect(lost);
      script(Postbox, 'send').onNextCall().failsBeforeEffect(later);
      const postbox = await get(Postbox);

      const outcomes = [];
      for (const text of ['one', 'two', 'three']) outcomes.push(await failureOf(postbox.send(text, signal)));

      expect(outcomes).to.deep.equal([lost, later, 'answered']);
    }),
  );

  it(
    'reaches the stores inside of a transaction, which then undoes its work',
    t.test(async ({ get, script, signal }) => {
      const lend = await get(LendBook);
      script(Books, 'save').onNextCall().failsAfterEffect(lost);

      const first = await failureOf(lend.execute('Emma', { signal }));
      const second = await lend.execute('Emma', { signal });

      expect([first, second]).to.deep.equal([lost, ok('Emma')]);
    }),
  );

  it(
    'hangs a call until the signal of the caller aborts',
    t.test(async ({ get, script }) => {
      const controller = new AbortController();
      script(Postbox, 'send').hangsUntilAborted();

      const lending = failureOf((await get(LendBook)).execute('Emma', { signal: controller.signal }));
      controller.abort(lost);

      expect(await lending).to.equal(lost);
    }),
  );

  it(
    'finds the signal in the options of a call as well',
    t.test(async ({ get, script, override }) => {
      override(Postbox, { send: async () => {} });
      script(Postbox, 'send').hangsUntilAborted();
      const postbox = (await get(Postbox)) as unknown as { send(options: { signal: AbortSignal }): Promise<void> };

      expect(await failureOf(postbox.send({ signal: AbortSignal.abort(lost) }))).to.equal(lost);
    }),
  );

  it(
    'gives an answer when the clock of the test has moved on, and its effect at once',
    t.test(async ({ get, script, calls, clock, override, signal }) => {
      const postbox = new InMemoryPostbox();
      override(Postbox, postbox);
      script(Postbox, 'send').answersLate(5_000);

      const sending = (await get(Postbox)).send('Hello', signal);
      await clock.advance(4_999);
      const before = [postbox.sent.length, calls(Postbox)[0]?.outcome.kind];
      await clock.advance(1);
      await sending;

      expect(before).to.deep.equal([1, 'open']);
      expect(calls(Postbox)[0]?.outcome.kind).to.equal('answered');
    }),
  );

  it(
    'does what it is asked, and answers when the test lets it',
    t.test(async ({ get, script, calls, override, signal }) => {
      const postbox = new InMemoryPostbox();
      override(Postbox, postbox);
      const way = Promise.withResolvers<void>();
      script(Postbox, 'send').answersBehind({ passed: () => way.promise });

      const sending = (await get(Postbox)).send('Hello', signal);
      const before = [postbox.sent.length, calls(Postbox)[0]?.outcome.kind];
      way.resolve();
      await sending;

      expect(before).to.deep.equal([1, 'open']);
      expect(calls(Postbox)[0]?.outcome.kind).to.equal('answered');
    }),
  );

  it(
    'fails like the gate that stays shut',
    t.test(async ({ get, script, signal }) => {
      script(Postbox, 'send').answersBehind({ passed: () => Promise.reject(lost) });

      const failure = await failureOf((await get(Postbox)).send('Hello', signal));

      expect(failure).to.equal(lost);
    }),
  );

  it(
    'does not keep a caller that gives up waiting for a late answer',
    t.test(async ({ get, script }) => {
      const controller = new AbortController();
      script(Postbox, 'send').answersLate(5_000);

      const sending = failureOf((await get(Postbox)).send('Hello', controller.signal));
      controller.abort(lost);

      expect(await sending).to.equal(lost);
    }),
  );

  it(
    'delivers a call twice, callbacks included',
    t.test(async ({ get, script, override, signal }) => {
      const postbox = new InMemoryPostbox();
      override(Postbox, postbox);
      script(Postbox, 'send').answersTwice();

      await (await get(LendBook)).execute('Emma', { signal });

      expect(postbox.sent).to.deep.equal(['Emma was lent', 'Emma was lent']);
    }),
  );

  it(
    'is about one call where it says so, and the newest that fits decides',
    t.test(async ({ get, script, calls, signal }) => {
      const postbox = await get(Postbox);
      script(Postbox, 'send').failsBeforeEffect(new Error('every'));
      script(Postbox, 'send').onCall(2).failsBeforeEffect(lost);

      const failures = [];
      for (const text of ['one', 'two', 'three']) failures.push(messageOf(await failureOf(postbox.send(text, signal))));

      expect(failures).to.deep.equal(['every', 'The connection was lost.', 'every']);
      expect(calls(Postbox).map(({ args }) => args[0])).to.deep.equal(['one', 'two', 'three']);
    }),
  );

  it('fails a test whose script no call has met', async () => {
    const outcome = await outcomeOf(t, async ({ get, script, signal }) => {
      script(Postbox, 'send').onCall(2).failsBeforeEffect(lost);
      await (await get(LendBook)).execute('Emma', { signal });
    });

    expect(messageOf(outcome)).to.equal('Scripted, but no call met it: Postbox.send fails before its effect (call 2).');
  });

  it(
    'logs calls with the time of the test',
    t.test(async ({ get, calls, clock, signal }) => {
      const lend = await get(LendBook);

      await lend.execute('Emma', { signal });
      await clock.advance(1_000);
      await lend.execute('Emma', { signal });

      expect(calls(Books).map(({ method, at }) => `${method} ${at.toISOString()}`)).to.deep.equal([
        'find 2026-01-01T00:00:00.000Z',
        'save 2026-01-01T00:00:00.000Z',
        'find 2026-01-01T00:00:01.000Z',
      ]);
    }),
  );
});
