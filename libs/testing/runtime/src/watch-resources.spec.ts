import { expect } from 'chai';
import { offTheBooks, watchResources } from './watch-resources.ts';

type Seen = { readonly type: string; readonly taken: { readonly stack?: string } };

/** What two watchers are told of while `make` makes something: nothing else is made in that turn. */
function toldOf(make: () => void): readonly [readonly Seen[], readonly Seen[]] {
  for (const list of lists) list.length = 0;
  make();
  return [[...lists[0]], [...lists[1]]];
}

const lists: readonly [Seen[], Seen[]] = [[], []];
const aTimer = (): void => clearTimeout(setTimeout(() => {}, 1));

describe('Watchers of resources', () => {
  // Nobody stops to watch: so the suite begins once.
  for (const list of lists)
    watchResources({ made: ({ type, taken }) => void list.push({ type, taken }), gone: () => {} });

  it('are told what is made, and where', () => {
    const [seen] = toldOf(aTimer);

    expect(seen.map(({ type }) => type)).to.deep.equal(['Timeout']);
    expect(seen[0]?.taken.stack?.split('\n')).to.satisfy((lines: string[]) =>
      lines.some((line) => line.includes('.spec.ts')),
    );
  });

  it('share one stack', () => {
    const [[one], [other]] = toldOf(aTimer);

    expect(one?.taken.stack).to.be.a('string');
    expect(one?.taken).to.equal(other?.taken);
  });

  it('are not told what is kept off the books', () => {
    const [seen] = toldOf(() => clearTimeout(offTheBooks(() => setTimeout(() => {}, 1))));

    expect(seen).to.deep.equal([]);
  });

  it('are told again when work off the books has failed', () => {
    const fail = (): never => {
      throw new Error('no');
    };

    const [seen] = toldOf(() => {
      expect(() => offTheBooks(fail)).to.throw('no');
      aTimer();
    });

    expect(seen.map(({ type }) => type)).to.deep.equal(['Timeout']);
  });
});
