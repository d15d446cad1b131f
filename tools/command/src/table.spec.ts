import { expect } from 'chai';
import { table } from './table.ts';

describe('A table', () => {
  it('aligns words to the left and numbers to the right', () => {
    const lines = table(
      ['project', 'passed'],
      [
        ['api', 7],
        ['devices-domain', 120],
      ],
    );

    expect(lines).to.deep.equal(['project         passed', 'api                  7', 'devices-domain     120']);
  });
});
