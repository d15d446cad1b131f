import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { explain } from './explain.ts';
import { counter, names, type CounterOp, type NamesOp } from './fixtures/models.ts';
import { historyFrom } from './fixtures/history-from.ts';
import { History } from './history.ts';
import { linearize, type Refuted } from './linearize.ts';

const t = AsyncTestBase.install();

describe('An explanation', () => {
  it(
    'shows what each client asked and was told, and where the model would have led',
    t.test(() => {
      const history = historyFrom<CounterOp, number>(
        ['client 1', { op: 'increment' }],
        ['client 0', { op: 'increment' }],
        ['client 0', { answer: 1 }],
        ['client 2', { op: 'read' }],
        ['client 1', { answer: 1 }],
        ['client 2', { answer: 2 }],
      );

      const text = explain(linearize(history, counter) as Refuted<number, CounterOp, number>);

      expect(text.split('\n')).to.deep.equal([
        'No order of these operations explains that client 1 was answered 1 to increment:',
        '',
        '       client 0    client 1    client 2',
        '   1               increment',
        '   2   increment   │',
        '   3   → 1         │',
        '   4               │           read (open)',
        '   5               → 1         │             ✗ fits nowhere',
        '',
        'Wherever it comes, the model answers:',
        '  2   in the state 1',
      ]);
    }),
  );

  it(
    'keeps operations and answers of any shape on their lines',
    t.test(() => {
      const history = historyFrom<NamesOp, 'claimed' | 'taken'>(
        ['a', { op: { claim: 'core\n1' } }],
        ['b', { op: { claim: 'edge' } }],
        ['b', { answer: 'taken' }],
      );

      const text = explain(linearize(history, names) as Refuted<ReadonlySet<string>, NamesOp, 'claimed' | 'taken'>);

      expect(text).to.include(
        `   1   { claim: 'core\\n1' } (open)\n   2   │                             { claim: 'edge' }`,
      );
      expect(text).to.include(`claimed   in the state Set(1) { 'core\\n1' }`);
    }),
  );

  it(
    'shows records without a prototype as any others, and when an operation threw',
    t.test(() => {
      const history = new History<NamesOp, 'claimed' | 'taken'>();
      const bare = Object.assign(Object.create(null) as object, { claim: 'core' });
      const [lost, told, late] = ['a', 'b', 'c'].map((client) => history.invoke(client, bare));
      lost?.threw(new Error('the connection broke\nand more'));
      told?.answered('taken');
      late?.threw(new Error('too late to be told'));
      const other = history.invoke('d', { claim: 'edge' });
      other.answered('taken');

      const text = explain(linearize(history, names) as Refuted<ReadonlySet<string>, NamesOp, 'claimed' | 'taken'>);

      expect(text)
        .to.include("   1   { claim: 'core' }")
        .and.match(/\n +4 +→ threw[ │]+the connection broke\n/);
      expect(text)
        .to.match(/\n +6 .*→ threw +too late to be told\n/)
        .and.not.include('null prototype');
    }),
  );

  it(
    'shows an operation that threw later as open',
    t.test(() => {
      const history = new History<CounterOp, number>();
      const late = history.invoke('a', 'increment');
      history.invoke('b', 'read').answered(7);
      late.threw(new Error('too late to be told'));

      const text = explain(linearize(history, counter) as Refuted<number, CounterOp, number>);

      expect(text).to.include('increment (open)').and.not.include('threw');
      expect(() => late.answered(1)).to.throw('has ended twice');
    }),
  );

  it(
    'does not show more states than anybody reads',
    t.test(() => {
      const history = historyFrom<NamesOp, 'claimed' | 'taken'>(
        ...['a', 'b', 'c', 'd'].map((name) => [name, { op: { claim: name } }] as const),
        ['e', { op: { claim: 'e' } }],
        ['e', { answer: 'taken' }],
      );

      const text = explain(linearize(history, names) as Refuted<ReadonlySet<string>, NamesOp, 'claimed' | 'taken'>);

      expect(text.match(/in the state/g)).to.have.lengthOf(6);
      expect(text).to.match(/… and in \d+ states more$/);
    }),
  );
});
