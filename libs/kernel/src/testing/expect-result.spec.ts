import { expect } from 'chai';
import { err, ok } from '../result.ts';
import { expectErr, expectOk } from './expect-result.ts';

describe('expectOk and expectErr', () => {
  it('hand out what was expected', () => {
    expect(expectOk(ok(1))).to.equal(1);
    expect(expectErr(err({ kind: 'No' }))).to.deep.equal({ kind: 'No' });
  });

  it('fail with what came instead', () => {
    expect(() => expectOk(err({ kind: 'No' }))).to.throw('refused: {"kind":"No"}');
    expect(() => expectErr(ok(1))).to.throw('it was ok: 1');
  });
});
