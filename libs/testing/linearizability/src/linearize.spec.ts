import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { historyFrom } from './fixtures/history-from.ts';
import { counter, names, queue, register, type CounterOp, type QueueOp, type RegisterOp } from './fixtures/models.ts';
import { History } from './history.ts';
import { linearize, type Refuted } from './linearize.ts';

const t = AsyncTestBase.install();

describe('A history', () => {
  it(
    'is explained by an order, in which what was answered before is before',
    t.test(() => {
      const history = historyFrom<RegisterOp, number | null>(
        ['writer', { op: { write: 1 } }],
        ['reader', { op: 'read' }],
        ['reader', { answer: 1 }],
        ['writer', { answer: null }],
        ['reader', { op: 'read' }],
        ['reader', { answer: 1 }],
      );

      const found = linearize(history, register);

      expect(found).to.have.property('verdict', 'linearizable');
      expect(found.verdict === 'linearizable' && found.order.map(({ operation }) => operation.op)).to.deep.equal([
        { write: 1 },
        'read',
        'read',
      ]);
    }),
  );

  it(
    'may take overlapping operations in either order',
    t.test(() => {
      const reads = (answer: number) =>
        historyFrom<RegisterOp, number | null>(
          ['writer', { op: { write: 1 } }],
          ['reader', { op: 'read' }],
          ['writer', { answer: null }],
          ['reader', { answer }],
        );

      expect([0, 1, 2].map((answer) => linearize(reads(answer), register).verdict)).to.deep.equal([
        'linearizable',
        'linearizable',
        'not linearizable',
      ]);
    }),
  );

  it(
    'is refused when a read is stale',
    t.test(() => {
      const stale = historyFrom<RegisterOp, number | null>(
        ['writer', { op: { write: 1 } }],
        ['writer', { answer: null }],
        ['reader', { op: 'read' }],
        ['reader', { answer: 0 }],
      );

      const refuted = linearize(stale, register) as Refuted<number, RegisterOp, number | null>;

      expect(refuted.verdict).to.equal('not linearizable');
      expect(refuted.misfit).to.include({ client: 'reader', op: 'read' });
      expect(refuted.reached).to.deep.equal([{ state: 1, answer: 1 }]);
    }),
  );

  it(
    'is refused when two readers see two writes come in different orders',
    t.test(() => {
      const torn = historyFrom<RegisterOp, number | null>(
        ['one', { op: { write: 1 } }],
        ['two', { op: { write: 2 } }],
        ['three', { op: 'read' }],
        ['three', { answer: 1 }],
        ['three', { op: 'read' }],
        ['three', { answer: 2 }],
        ['four', { op: 'read' }],
        ['four', { answer: 1 }],
        ['one', { answer: null }],
        ['two', { answer: null }],
      );

      const refuted = linearize(torn, register);

      expect(refuted).to.have.property('verdict', 'not linearizable');
    }),
  );

  it(
    'is refused when an increment was lost',
    t.test(() => {
      const lost = historyFrom<CounterOp, number>(
        ['one', { op: 'increment' }],
        ['two', { op: 'increment' }],
        ['one', { answer: 1 }],
        ['two', { answer: 1 }],
      );

      const refuted = linearize(lost, counter) as Refuted<number, CounterOp, number>;

      expect(refuted.verdict).to.equal('not linearizable');
      expect(refuted.misfit.client).to.equal('two');
    }),
  );

  it(
    'is refused when a queue hands out one item twice, or out of order',
    t.test(() => {
      const taken = (...answers: readonly string[]) =>
        historyFrom<QueueOp, string | null>(
          ['producer', { op: { put: 'a' } }],
          ['producer', { answer: null }],
          ['producer', { op: { put: 'b' } }],
          ['producer', { answer: null }],
          ['one', { op: 'take' }],
          ['two', { op: 'take' }],
          ['one', { answer: answers[0] as string }],
          ['two', { answer: answers[1] as string }],
          ['one', { op: 'take' }],
          ['one', { answer: null }],
        );

      const verdicts = [taken('a', 'b'), taken('b', 'a'), taken('a', 'a')].map((one) => linearize(one, queue).verdict);

      expect(verdicts).to.deep.equal(['linearizable', 'linearizable', 'not linearizable']);
    }),
  );

  it(
    'is refused when two clients got one name',
    t.test(() => {
      const claims = (second: 'claimed' | 'taken') =>
        historyFrom<{ claim: string }, 'claimed' | 'taken'>(
          ['one', { op: { claim: 'core-1' } }],
          ['two', { op: { claim: 'core-1' } }],
          ['two', { answer: second }],
          ['one', { answer: 'claimed' }],
        );

      expect(linearize(claims('taken'), names).verdict).to.equal('linearizable');
      expect(linearize(claims('claimed'), names).verdict).to.equal('not linearizable');
    }),
  );

  it(
    'may count an operation that was never answered, at any time since, or not',
    t.test(() => {
      const reads = (...answers: readonly number[]) =>
        historyFrom<RegisterOp, number | null>(
          ['lost', { op: { write: 1 } }],
          ...answers.flatMap((answer) => [['reader', { op: 'read' }] as const, ['reader', { answer }] as const]),
        );

      const verdicts = [
        [0, 0],
        [0, 1],
        [1, 1],
        [1, 0],
      ].map((seen) => linearize(reads(...seen), register).verdict);

      expect(verdicts).to.deep.equal(['linearizable', 'linearizable', 'linearizable', 'not linearizable']);
    }),
  );

  it(
    'cannot have what was asked only later',
    t.test(() => {
      const early = historyFrom<RegisterOp, number | null>(
        ['reader', { op: 'read' }],
        ['reader', { answer: 1 }],
        ['lost', { op: { write: 1 } }],
      );

      expect(linearize(early, register).verdict).to.equal('not linearizable');
    }),
  );

  it(
    'goes without what is certain to have had no effect',
    t.test(() => {
      const history = new History<CounterOp, number>();
      const refused = history.invoke('one', 'increment');
      history.invoke('two', 'increment').answered(1);
      refused.hadNoEffect();
      history.invoke('one', 'read').answered(1);

      expect(history.operations.map(({ client }) => client)).to.deep.equal(['two', 'one']);
      expect(linearize(history, counter).verdict).to.equal('linearizable');
      expect(() => refused.answered(2)).to.throw('An operation of one has ended twice');
    }),
  );

  it(
    'is told up to the first answer that does not fit, whatever comes after it',
    t.test(() => {
      const history = new History<CounterOp, number>();
      for (const answer of [1, 2]) history.invoke('one', 'increment').answered(answer);
      const slow = history.invoke('two', 'increment');
      history.invoke('one', 'read').answered(9);
      slow.answered(3);
      for (const answer of [4, 5, 5]) history.invoke('one', 'increment').answered(answer);

      const refuted = linearize(history, counter) as Refuted<number, CounterOp, number>;

      expect(refuted.prefix.map(({ op, answer }) => [op, answer?.value])).to.deep.equal([
        ['increment', 1],
        ['increment', 2],
        ['increment', undefined],
        ['read', 9],
      ]);
      expect(refuted.misfit).to.include({ client: 'one', op: 'read' });
      expect(refuted.reached.map(({ answer }) => answer)).to.have.members([2, 3]);
    }),
  );
});
