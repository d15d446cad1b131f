import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { fc } from '#testing/properties';
import { counter, queue, register, type CounterOp, type QueueOp, type RegisterOp } from './fixtures/models.ts';
import { isLinearizable } from './fixtures/naive.ts';
import { atomicHistories } from './fixtures/random-histories.ts';
import { linearize } from './linearize.ts';
import { isAnswered, upTo, type Answered, type Operation } from './operation.ts';
import type { Placed } from './witness-search.ts';

const t = AsyncTestBase.install();

const increments = atomicHistories(counter, { operation: fc.constant<CounterOp>('increment'), clients: 4, length: 5 });
const counts = (length: number) =>
  atomicHistories(counter, { operation: fc.constantFrom<CounterOp>('increment', 'read'), clients: 3, length });
const registerOp = fc.oneof(fc.constant<RegisterOp>('read'), fc.record({ write: fc.integer({ min: 1, max: 2 }) }));
const queueOp = fc.oneof(fc.constant<QueueOp>('take'), fc.record({ put: fc.constantFrom('a', 'b') }));

type History<Op, A> = readonly Operation<Op, A>[];
const verdictOf = (operations: History<CounterOp, number>): string => linearize({ operations }, counter).verdict;

/** All that were answered are in the order, none before one that it followed in time, and each answer is the model's. */
function expectWitness(
  order: readonly Placed<number, CounterOp, number>[],
  operations: History<CounterOp, number>,
): void {
  const placed = order.map(({ operation }) => operation);
  let count = counter.initial();
  for (const { operation, state } of order) {
    const { state: next, answer } = counter.apply(count, operation.op);
    expect(state).to.equal(next);
    expect(operation.answer?.value ?? answer).to.equal(answer);
    count = next;
  }
  expect(operations.filter(isAnswered).filter((one) => !placed.includes(one))).to.deep.equal([]);
  for (const [index, { answer }] of placed.entries()) {
    const before = placed.slice(0, index).filter(({ invoked }) => invoked > (answer?.at ?? Infinity));
    expect(before).to.deep.equal([]);
  }
}

/** Gives one operation another answer. */
function telling<Op, A>(operations: History<Op, A>, one: Answered<Op, A>, value: A): History<Op, A> {
  return operations.map((each) => (each === one ? { ...one, answer: { ...one.answer, value } } : each));
}

describe('500 random histories of an atomic object', () => {
  it(
    'are all accepted, each with an order that explains it',
    t.test(() => {
      let answered = 0;
      fc.assert(
        fc.property(counts(5), (operations) => {
          const found = linearize({ operations }, counter);

          expect(found.verdict).to.equal('linearizable');
          if (found.verdict !== 'linearizable') return;
          answered += operations.filter(isAnswered).length;
          expectWitness(found.order, operations);
        }),
        { numRuns: 500 },
      );

      expect(answered).to.be.above(500);
    }),
  );

  it(
    'are refused when two increments are told the same, or each what the other was, or more than there were',
    t.test(() => {
      const refused = { same: 0, swapped: 0, tooMany: 0 };
      fc.assert(
        fc.property(increments, (operations) => {
          const [one, ...others] = operations.filter(isAnswered);
          if (one === undefined) return;
          const later = others.find(({ invoked }) => invoked > one.answer.at);
          const mutants: Readonly<Record<keyof typeof refused, History<CounterOp, number> | undefined>> = {
            same: others[0] && telling(operations, one, others[0].answer.value),
            swapped: later && telling(telling(operations, one, later.answer.value), later, one.answer.value),
            tooMany: telling(operations, one, operations.length + 1),
          };
          for (const [name, mutant] of Object.entries(mutants)) {
            if (mutant === undefined) continue;
            expect(verdictOf(mutant), name).to.equal('not linearizable');
            refused[name as keyof typeof refused] += 1;
          }
        }),
        { numRuns: 500 },
      );

      for (const times of Object.values(refused)) expect(times).to.be.above(100);
    }),
  );
});

describe('The verdict on a random history with one random answer', () => {
  it(
    'is that of the definition, and so is the first answer that fits nowhere, for a counter',
    t.test(() => agreesAbout(counter, counts(3), fc.nat(4))),
  );

  it(
    'is that of the definition, and so is the first answer that fits nowhere, for a register',
    t.test(() =>
      agreesAbout(
        register,
        atomicHistories(register, { operation: registerOp, clients: 3, length: 3 }),
        fc.integer({ min: 0, max: 2 }),
      ),
    ),
  );

  it(
    'is that of the definition, and so is the first answer that fits nowhere, for a queue',
    t.test(() =>
      agreesAbout(
        queue,
        atomicHistories(queue, { operation: queueOp, clients: 3, length: 3 }),
        fc.constantFrom('a', 'b', null),
      ),
    ),
  );

  function agreesAbout<S, Op, A>(
    model: Parameters<typeof linearize<S, Op, A>>[1],
    histories: fc.Arbitrary<History<Op, A>>,
    answers: fc.Arbitrary<A>,
  ): void {
    const seen = { linearizable: 0, 'not linearizable': 0, undecided: 0 };
    fc.assert(
      fc.property(histories, fc.nat(), answers, (atomic, which, answer) => {
        const answered = atomic.filter(isAnswered);
        const one = answered[which % answered.length];
        const operations = one === undefined ? atomic : telling(atomic, one, answer);
        const found = linearize({ operations }, model);

        seen[found.verdict] += 1;
        expect(found.verdict === 'linearizable').to.equal(isLinearizable(operations, model));
        if (found.verdict !== 'not linearizable') return;
        const { prefix, misfit } = found;
        expect(prefix).to.deep.equal(upTo(misfit.answer.at, operations));
        expect(isLinearizable(prefix, model)).to.equal(false);
        expect(isLinearizable(upTo(misfit.answer.at - 1, operations), model)).to.equal(true);
      }),
      { numRuns: 500 },
    );
    expect(seen.linearizable).to.be.above(50);
    expect(seen['not linearizable']).to.be.above(50);
  }
});
