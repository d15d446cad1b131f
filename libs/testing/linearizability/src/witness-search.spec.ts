import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { historyFrom } from './fixtures/history-from.ts';
import { counter, register, type CounterOp, type RegisterOp } from './fixtures/models.ts';
import { History } from './history.ts';
import { linearize, type Refuted } from './linearize.ts';
import type { Model } from './model.ts';

const t = AsyncTestBase.install();

describe('The search for an order', () => {
  it(
    'is not begun when too many operations overlap',
    t.test(() => {
      const history = new History<CounterOp, number>();
      const open = Array.from({ length: 4 }, (_, index) => history.invoke(`client ${index}`, 'increment'));
      open.forEach((one, index) => one.answered(index + 1));

      expect(() => linearize(history, counter, { overlapping: 3 })).to.throw('4 operations overlap');
      expect(linearize(history, counter, { overlapping: 4 }).verdict).to.equal('linearizable');
    }),
  );

  it(
    'says that it does not know when it was given up, and never guesses',
    t.test(() => {
      const lost = historyFrom<CounterOp, number>(
        ...['a', 'b', 'c', 'd'].map((client) => [client, { op: 'increment' }] as const),
        ...['a', 'b', 'c', 'd'].map((client) => [client, { answer: 4 }] as const),
      );
      const verdicts = Array.from({ length: 60 }, (_, steps) => linearize(lost, counter, { steps }).verdict);
      const decided = verdicts.indexOf('not linearizable');

      expect(decided).to.be.above(0);
      expect(new Set(verdicts.slice(0, decided))).to.deep.equal(new Set(['undecided']));
      expect(new Set(verdicts.slice(decided))).to.deep.equal(new Set(['not linearizable']));
    }),
  );

  it(
    'looks at no state of affairs twice, nor at open operations that change nothing',
    t.test(() => {
      const clients = Array.from({ length: 10 }, (_, index) => `client ${index}`);
      const wrong = historyFrom<RegisterOp, number | null>(
        ...clients.map((client) => [client, { op: { write: 1 } }] as const),
        ...clients.map((client) => [client, { answer: null }] as const),
        ...clients.map((client) => [client, { op: 'read' }] as const),
        ['reader', { op: 'read' }],
        ['reader', { answer: 2 }],
      );

      expect(linearize(wrong, register, { steps: 10 * 2 ** 10 }).verdict).to.equal('not linearizable');
    }),
  );

  it(
    'tells what else the last one could have been answered, and nothing of the others',
    t.test(() => {
      const history = historyFrom<CounterOp, number>(
        ['reader', { op: 'read' }],
        ['one', { op: 'increment' }],
        ['two', { op: 'increment' }],
        ['one', { answer: 1 }],
        ['two', { answer: 2 }],
        ['reader', { answer: 9 }],
      );

      const refuted = linearize(history, counter) as Refuted<number, CounterOp, number>;

      expect(new Map(refuted.reached.map(({ state, answer }) => [state, answer]))).to.deep.equal(
        new Map([0, 1, 2].map((count) => [count, count])),
      );
    }),
  );

  it(
    'refuses a model that changes its state in place',
    t.test(() => {
      const careless: Model<string[], string, number> = {
        initial: () => [],
        apply: (state, op) => ({ state, answer: state.push(op) }),
      };
      const history = historyFrom<string, number>(['one', { op: 'a' }], ['one', { answer: 1 }]);

      expect(() => linearize(history, careless)).to.throw('changed a state in place');
    }),
  );

  it(
    'refuses states and answers that it cannot compare, and takes what the model says about them',
    t.test(() => {
      class Amount {
        readonly #value: number;
        constructor(value: number) {
          this.#value = value;
        }
        get value(): number {
          return this.#value;
        }
      }
      const amounts: Model<Amount, CounterOp, Amount> = {
        initial: () => new Amount(0),
        apply: ({ value }) => ({ state: new Amount(value + 1), answer: new Amount(value + 1) }),
      };
      const key = ({ value }: Amount) => String(value);
      const equals = (one: Amount, other: Amount) => one.value === other.value;
      const history = (value: number) =>
        historyFrom<CounterOp, Amount>(['one', { op: 'increment' }], ['one', { answer: new Amount(value) }]);

      expect(() => linearize(history(1), amounts)).to.throw('Amount cannot be compared by value: give the model `key`');
      expect(() => linearize(history(1), { ...amounts, key })).to.throw('give the model `equals`');
      expect([1, 2].map((value) => linearize(history(value), { ...amounts, key, equals }).verdict)).to.deep.equal([
        'linearizable',
        'not linearizable',
      ]);
    }),
  );
});
