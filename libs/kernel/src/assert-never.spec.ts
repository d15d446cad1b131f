import { expect } from 'chai';
import { assertNever } from './assert-never.ts';

describe('assertNever', () => {
  it('throws with the case that slipped past the compiler', () => {
    expect(() => assertNever({ kind: 'Surprise' } as never)).to.throw('Unhandled case: {"kind":"Surprise"}');
  });
});
