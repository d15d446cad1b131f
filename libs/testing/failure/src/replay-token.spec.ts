import { AsyncTestBase, cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { replayOf, tokenOf } from './replay-token.ts';

class TokenTest extends AsyncTestBase {}
const t = TokenTest.install();

const about = { title: 'An order is charged once', file: '/somewhere/orders.spec.ts' };
const token = tokenOf(about, { number: 12, fault: 'crashes-before' });
const asking = (value: string): NodeJS.ProcessEnv => ({ LOCKSTEP_TEST_FAULT: value });

describe('The token of a cell', () => {
  it(
    'names the test, the call and the fault, wherever the repository lies',
    t.test(() => {
      const elsewhere = { ...about, file: '/home/ada/orders.spec.ts' };

      expect(token).to.match(/^[0-9a-f]{8}\.12\.crashes-before$/);
      expect(replayOf(elsewhere, asking(token))).to.deep.equal({ token, number: 12, fault: 'crashes-before' });
      expect(replayOf(about, asking(''))).to.equal(undefined);
      expect(replayOf(about, {})).to.equal(undefined);
    }),
  );

  for (const [title, { value, reason }] of cases('is refused where it is {case}', {
    'no token': { value: 'twice', reason: /which is not a cell: one looks like [0-9a-f]{8}\.1\.twice/ },
    'of no fault': { value: token.replace('crashes-before', 'falls'), reason: /which is not a cell/ },
    'of no call': { value: token.replace('.12.', '.0.'), reason: /which is not a cell/ },
    'of another test': { value: '00000000.1.twice', reason: /a cell of another test than this one/ },
  })) {
    it(
      title,
      t.test(() => {
        expect(() => replayOf(about, asking(value))).to.throw(reason);
      }),
    );
  }
});
