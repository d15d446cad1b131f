import { expect } from 'chai';
import { offTheBooks, watchResources } from './watch-resources.ts';

describe('Watchers of resources', () => {
  const seen: { readonly type: string; readonly stack: string }[] = [];
  const stacks: object[] = [];

  before(() => {
    watchResources({
      made: ({ type, taken }) => {
        seen.push({ type, stack: taken.stack ?? '' });
        stacks.push(taken);
      },
      gone: () => {},
    });
    watchResources({ made: ({ taken }) => void stacks.push(taken), gone: () => {} });
  });

  beforeEach(() => {
    seen.length = 0;
    stacks.length = 0;
  });

  it('are told what is made, and where', () => {
    clearTimeout(setTimeout(() => {}, 1));

    expect(seen).to.have.length(1);
    expect(seen[0]).to.have.property('type', 'Timeout');
    expect(seen[0]?.stack.split('\n')).to.satisfy((lines: string[]) => lines.some((line) => line.includes('.spec.ts')));
  });

  it('share one stack', () => {
    clearTimeout(setTimeout(() => {}, 1));

    expect(stacks[0]).to.equal(stacks[1]);
  });

  it('are not told what is kept off the books', () => {
    clearTimeout(offTheBooks(() => setTimeout(() => {}, 1)));

    expect(seen).to.deep.equal([]);
  });

  it('are told again when work off the books has failed', () => {
    const fail = (): never => {
      throw new Error('no');
    };

    expect(() => offTheBooks(fail)).to.throw('no');

    clearTimeout(setTimeout(() => {}, 1));
    expect(seen.map(({ type }) => type)).to.deep.equal(['Timeout']);
  });
});
