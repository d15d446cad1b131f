import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { ModelName } from './model-name.ts';

const known = ['eos', 'ios'];

describe('ModelName', () => {
  it('accepts a model that is known', () => {
    expect(expectOk(ModelName.parse('ios', known)).text).to.equal('ios');
  });

  for (const model of ['IOS', 'ios ', '', 'constructor']) {
    it(`refuses "${model}" and says which models there are`, () => {
      expect(expectErr(ModelName.parse(model, known))).to.deep.equal({ kind: 'UnknownModel', model, known });
    });
  }
});
