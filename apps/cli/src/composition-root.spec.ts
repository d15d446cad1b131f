import { proveComposition } from '#testing/container';
import { expect } from 'chai';
import { cliRoots, composeCli } from './composition-root.ts';

describe('the composition of the command', () => {
  it('has no fault', async () => {
    expect(await proveComposition(composeCli(), cliRoots)).to.deep.equal([]);
  });
});
