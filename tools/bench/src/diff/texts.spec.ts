import { expect } from 'chai';
import { changed, configuration } from './texts.ts';

describe('The texts to compare', () => {
  it('are about as long as they are asked for', () => {
    expect(configuration(100_000).join('\n').length).to.be.within(99_000, 101_000);
  });

  it('have lines that come often, and lines that come once', () => {
    const lines = configuration(10_000);
    const timesOf = (wanted: string): number => lines.filter((line) => line === wanted).length;

    expect([timesOf(' no shutdown') > 10, timesOf(lines[1] ?? '')]).to.deep.equal([true, 1]);
  });

  it('are changed in so many lines', () => {
    const lines = configuration(10_000);
    const isChanged = (line: string, index: number): boolean => line !== lines[index];

    expect(changed(lines, 1).every(isChanged)).to.equal(true);
    expect(changed(lines, 50).filter(isChanged)).to.have.length(Math.ceil(lines.length / 50));
  });
});
